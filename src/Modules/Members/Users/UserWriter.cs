using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Results;
using Npgsql;

namespace Monolith.Members.Users;

/// <summary>A new account, checked already.</summary>
internal sealed record NewUser(
    Guid Id, string Username, string Email, string Name, string PasswordHash, string Status, string LoginType, IReadOnlyList<string> SiteRoles, bool IsServiceAccount);

/// <summary>What people may change about themselves; the username only with a further right.</summary>
internal sealed record Profile(string Username, string Name);

/// <summary>The one way an account comes into being or gets another name.</summary>
internal sealed class UserWriter(Db db, TimeProvider clock)
{
    /// <summary>False when the username or e-mail is taken; also when somebody else takes it at this moment.</summary>
    public async Task<bool> InsertAsync(NewUser user, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(
            Insert,
            new
            {
                id = user.Id,
                username = user.Username,
                username_folded = user.Username.ToLowerInvariant(),
                email = user.Email,
                email_folded = user.Email.ToLowerInvariant(),
                name = user.Name,
                name_folded = user.Name.ToLowerInvariant(),
                password_hash = user.PasswordHash,
                status = user.Status,
                login_type = user.LoginType,
                site_roles = user.SiteRoles.ToArray(),
                is_service_account = user.IsServiceAccount,
                now = clock.GetUtcNow(),
            },
            cancellationToken) == 1;

    public Task<bool> IsTakenAsync(string username, string email, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>(Taken, new { username = username.ToLowerInvariant(), email = email.ToLowerInvariant() }, cancellationToken);

    /// <summary>The profile before. 404 when the user is gone, or the username would change and must not; 409 when it is taken.</summary>
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
                    may_rename = mayRename,
                    now = clock.GetUtcNow(),
                },
                cancellationToken);
            return before is null ? Error.UserNotFound : before;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Error.Conflict("A user with this username already exists.", "username", "Taken.");
        }
    }

    private const string Taken =
        """
        select exists (
            select 1
            from members.users
            where not deleted
              and (username_folded = @username or (email_folded = @email and email_folded <> ''))
        )
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
            select id, username, name
            from members.users
            where id = @id and not deleted and (@may_rename or username = @username)
            for update
        )
        update members.users u
        set username = @username,
            username_folded = @username_folded,
            name = @name,
            name_folded = @name_folded,
            updated_at = @now
        from before
        where u.id = before.id
        returning before.username, before.name
        """;
}
