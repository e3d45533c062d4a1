using Monolith.Members.Sessions;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>Locks the account that a command is about. Whatever makes, unmakes or touches an owner queues here, and the rights of its caller are read again (contract 7.1).</summary>
internal sealed class AccountGuard(Db<MembersModule> db, ICaller caller, ISubjects subjects)
{
    /// <summary>404 when the user is gone; 401 when the caller's session ended while it waited.</summary>
    /// <param name="userId">Whose account.</param>
    /// <param name="makesOwner">The command may give the role owner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<LockedAccount>> LockAsync(Guid userId, bool makesOwner, CancellationToken cancellationToken)
    {
        if (await db.SingleOrDefaultAsync<AccountRow>(LockAccount, new { id = userId }, cancellationToken) is not { } row)
            return Error.UserNotFound;
        var isSelf = userId == caller.UserId;
        if (!makesOwner && (isSelf || !row.IsOwner))
            return new LockedAccount(userId, row, caller.Subject, isSelf, false, false);

        // Always after the row of the account. Nobody else changes owners from here to the end of the transaction.
        await db.ExecuteAsync(Owners.Lock, null, cancellationToken);
        if (await db.SingleOrDefaultAsync<ActorRow>(ReadActor, new { key_id = caller.KeyId, user_id = caller.UserId, id = userId }, cancellationToken) is not { } actor)
            return SessionErrors.Invalid;
        var isLast = row is { IsOwner: true, Status: "active" } && actor.OtherOwners == 0;
        return new LockedAccount(
            userId, row, await subjects.CreateAsync(actor.ToFacts(actor.Scopes, actor.AllowList), cancellationToken), isSelf, actor.SiteRoles.Contains(Owners.Role), isLast);
    }

    private sealed class ActorRow : SubjectRow
    {
        public required string[] Scopes { get; init; }

        public required string[] AllowList { get; init; }

        public required long OtherOwners { get; init; }
    }

    private const string LockAccount =
        """
        select status, site_roles, password_hash
        from members.users
        where id = @id and not deleted
        for no key update
        """;

    private const string ReadActor =
        $"""
        select
            k.scopes,
            k.allow_list,
            (select count(*) from members.users o where {Owners.IsActive} and o.id <> @id) as other_owners,
        {SubjectRow.Columns}
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted and u.status <> 'suspended'
        where k.id = @key_id and k.user_id = @user_id
        """;
}

/// <summary>What is stored of an account under lock.</summary>
internal sealed class AccountRow
{
    public string Status { get; init; } = "";

    public string[] SiteRoles { get; init; } = [];

    public string PasswordHash { get; init; } = "";

    public bool IsOwner => SiteRoles.Contains(Owners.Role);
}

/// <summary>An account under lock.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Stored">As it stands.</param>
/// <param name="Actor">The caller's rights; those of this moment where owners are concerned.</param>
/// <param name="IsSelf">The caller's own account.</param>
/// <param name="ByOwner">The caller is an owner at this moment; only told where owners are concerned.</param>
/// <param name="IsLastOwner">Nobody else is an active owner; only told where owners are concerned.</param>
internal sealed record LockedAccount(Guid UserId, AccountRow Stored, Subject Actor, bool IsSelf, bool ByOwner, bool IsLastOwner)
{
    /// <summary>The 404 of somebody whom the caller does not see any more, or <paramref name="refusal"/> without the permission.</summary>
    public Error? Denied(PermissionAction action, Error refusal)
    {
        var target = ResourceObject.User(UserId);
        return !Actor.Can(PermissionAction.Read, target) ? Error.UserNotFound : Actor.Can(action, target) ? null : refusal;
    }

    /// <summary>400 when the account is an owner's and the caller is none, or when the last owner would be gone.</summary>
    /// <param name="ends">The command ends this account or takes its role owner away.</param>
    public Error? RefuseOwner(bool ends) =>
        !Stored.IsOwner || IsSelf ? null
        : ends && IsLastOwner ? Owners.Last
        : ByOwner ? null
        : Owners.OnlyByOwners;
}

/// <summary>What owners have in common.</summary>
internal static class Owners
{
    public const string Role = "owner";

    /// <summary>Of <c>members.users o</c>: counts against the rule that there is always one.</summary>
    public const string IsActive = "'owner' = any (o.site_roles) and o.status = 'active' and not o.deleted";

    /// <summary>Held to the end of the transaction by everything that makes, unmakes or touches an owner.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtext('monolith owners'))";

    public static Error OnlyByOwners { get; } = Error.BadRequest("Only an owner may do this to an owner.");

    public static Error Last { get; } = Error.BadRequest("This is the last owner.", "Somebody else must hold the role owner first.");
}
