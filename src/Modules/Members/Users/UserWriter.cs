using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Npgsql;

namespace Monolith.Members.Users;

/// <summary>A new account, checked already.</summary>
internal sealed record NewUser(
    Guid Id, string Username, string Email, string Name, string PasswordHash, string Status, string LoginType, IReadOnlyList<string> SiteRoles, bool IsServiceAccount);

/// <summary>What people may change about themselves; the username only with a further right. A picture that is null stays.</summary>
internal sealed record Profile(string Username, string Name, string? AvatarUrl = null);

/// <summary>The one way an account comes into being, changes and goes.</summary>
internal sealed class UserWriter(Db<MembersModule> db, IDispatcher events, TimeProvider clock) : IUserWriter
{
    public async Task<Error?> InsertAsync(NewUser user, CancellationToken cancellationToken)
    {
        var email = EmailAddress.Canonical(user.Email) ?? user.Email;
        var inserted = await db.ExecuteAsync(
            Insert,
            new
            {
                id = user.Id,
                username = user.Username,
                username_folded = user.Username.ToLowerInvariant(),
                email,
                email_folded = EmailAddress.Fold(email),
                name = user.Name,
                name_folded = user.Name.ToLowerInvariant(),
                password_hash = user.PasswordHash,
                status = user.Status,
                login_type = user.LoginType,
                site_roles = user.SiteRoles.ToArray(),
                is_service_account = user.IsServiceAccount,
                now = clock.GetUtcNow(),
            },
            cancellationToken);
        if (inserted == 0)
            return await FindTakenAsync(user.Username, email, cancellationToken) ?? Error.Conflict(Exists);
        await events.PublishAsync(new UserCreated(user.Id), cancellationToken);
        return null;
    }

    public async Task<IReadOnlySet<Guid>> InsertAllAsync(IReadOnlyList<NewUser> accounts, CancellationToken cancellationToken)
    {
        var inserted = (await db.QueryAsync<Guid>(UserBatch.Insert, UserBatch.Parameters(accounts, clock.GetUtcNow()), cancellationToken)).ToHashSet();
        foreach (var user in accounts.Where(user => inserted.Contains(user.Id)))
            await events.PublishAsync(new UserCreated(user.Id), cancellationToken);
        return inserted;
    }

    public async Task SetStatusAsync(Guid id, string status, CancellationToken cancellationToken)
    {
        if (await db.ExecuteAsync(UpdateStatus, new { id, status, now = clock.GetUtcNow() }, cancellationToken) == 0)
            return;
        await (status switch
        {
            UserStatus.Suspended => events.PublishAsync(new UserSuspended(id), cancellationToken),
            UserStatus.Dormant => events.PublishAsync(new UserDormancyStarted(id), cancellationToken),
            _ => events.PublishAsync(new UserActivated(id), cancellationToken),
        });
    }

    public Task SetRolesAsync(Guid id, string[] roles, CancellationToken cancellationToken) =>
        db.ExecuteAsync(UpdateRoles, new { id, roles }, cancellationToken);

    public Task SetPasswordAsync(Guid id, string passwordHash, CancellationToken cancellationToken) =>
        db.ExecuteAsync(UpdatePassword, new { id, password_hash = passwordHash }, cancellationToken);

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(LockWhatIsCounted, new { id }, cancellationToken);
        if (await db.ExecuteAsync(Delete, new { id, now = clock.GetUtcNow() }, cancellationToken) == 0)
            return false;

        // Memberships go with the user, so that lists and kept counts need not know about deletion.
        foreach (var organizationId in await db.QueryAsync<Guid>(DeleteWhatIsTheirs, new { id }, cancellationToken))
            await events.PublishAsync(new MembershipRemoved(organizationId, id), cancellationToken);
        await events.PublishAsync(new UserDeleted(id), cancellationToken);
        return true;
    }

    public async Task<Error?> FindTakenAsync(string username, string email, CancellationToken cancellationToken)
    {
        var taken = await db.QueryAsync<string>(Taken, new { username = username.ToLowerInvariant(), email = EmailAddress.Fold(email) }, cancellationToken);
        return taken.Count == 0 ? null : Error.Conflict(Exists) with { Validations = [.. taken.Select(field => new FieldError(field, "Taken."))] };
    }

    public async Task<Result<Profile>> UpdateProfileAsync(Guid id, Profile profile, bool mayRename, CancellationToken cancellationToken)
    {
        try
        {
            var before = await db.SingleOrDefaultAsync<Profile>(
                Update,
                new
                {
                    id,
                    username = profile.Username,
                    username_folded = profile.Username.ToLowerInvariant(),
                    name = profile.Name,
                    name_folded = profile.Name.ToLowerInvariant(),
                    avatar_url = profile.AvatarUrl,
                    may_rename = mayRename,
                    now = clock.GetUtcNow(),
                },
                cancellationToken);
            if (before is null)
                return Error.UserNotFound;
            if (before.Username != profile.Username)
                await events.PublishAsync(new UserRenamed(id), cancellationToken);
            return before;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Error.Conflict("A user with this username already exists.", "username", "Taken.");
        }
    }

    private const string Exists = "A user with this username or email already exists.";

    private const string Taken =
        """
        select 'username'
        where exists (select 1 from members.users where username_folded = @username and not deleted)
        union all
        select 'email'
        where exists (select 1 from members.users where email_folded = @email and email_folded <> '' and not deleted)
        """;

    private const string Insert =
        """
        insert into members.users
            (id, username, username_folded, email, email_folded, name, name_folded, password_hash,
             status, login_type, site_roles, is_service_account, created_at, updated_at)
        values
            (@id, @username, @username_folded, @email, @email_folded, @name, @name_folded, @password_hash,
             @status, @login_type, @site_roles, @is_service_account, @now, @now)
        on conflict do nothing
        """;

    private const string Update =
        """
        with before as (
            select id, username, name, avatar_url
            from members.users
            where id = @id and not deleted and (@may_rename or username = @username)
            for update
        )
        update members.users u
        set username = @username,
            username_folded = @username_folded,
            name = @name,
            name_folded = @name_folded,
            avatar_url = coalesce(@avatar_url, u.avatar_url),
            updated_at = @now
        from before
        where u.id = before.id
        returning before.username, before.name, before.avatar_url
        """;

    private const string UpdateStatus =
        """
        update members.users
        set status = @status, updated_at = @now
        where id = @id and status <> @status
        """;

    private const string UpdateRoles = "update members.users set site_roles = @roles where id = @id";

    private const string UpdatePassword =
        """
        update members.users set password_hash = @password_hash where id = @id;
        delete from members.api_keys where user_id = @id
        """;

    // Whoever removes the user from an organization locks the membership, and then what is counted of the user: the same order here, after the user's own row.
    private const string LockWhatIsCounted =
        "select 1 from members.organization_members where user_id = @id order by organization_id for update";

    private const string Delete =
        """
        update members.users
        set deleted = true, updated_at = @now
        where id = @id and not deleted
        """;

    private const string DeleteWhatIsTheirs =
        """
        delete from members.organization_members where user_id = @id returning organization_id;
        delete from members.api_keys where user_id = @id;
        delete from members.user_settings where user_id = @id
        """;
}
