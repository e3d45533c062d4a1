using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Locks the account that a command is about: the user of the request.</summary>
internal interface IAccountGuard
{
    /// <summary>404 when the user is gone; 401 when the caller's session ended while it waited.</summary>
    /// <param name="makesOwner">The command may give the role owner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Result<LockedAccount>> LockAsync(bool makesOwner, CancellationToken cancellationToken);

    /// <summary>For a command that makes a new owner: locks owners, and answers what the caller may do at this moment; 401 when their session ended while it waited.</summary>
    Task<Result<Subject>> LockOwnersAsync(CancellationToken cancellationToken);
}

/// <summary>Whatever makes, unmakes or touches an owner queues here, and the rights of its caller are read again (contract 7.1).</summary>
internal sealed class AccountGuard(Db<MembersModule> db, CurrentUser target, ICaller caller, ISubjects subjects) : IAccountGuard
{
    public async Task<Result<LockedAccount>> LockAsync(bool makesOwner, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var userId = user.Id;
        if (await db.SingleOrDefaultAsync<AccountRow>(LockAccount, new { id = userId }, cancellationToken) is not { } row)
            return Error.UserNotFound;
        var isSelf = userId == caller.UserId;
        if (!makesOwner && (isSelf || !row.IsOwner))
            return new LockedAccount(user, row, caller.Subject, isSelf, false, false);

        // Always after the row of the account. Nobody else changes owners from here to the end of the transaction.
        if (await ActorUnderLockAsync(userId, cancellationToken) is not { } actor)
            return SessionErrors.Invalid;
        var isLast = row is { IsOwner: true, Status: UserStatus.Active } && actor.OtherOwners == 0;
        return new LockedAccount(user, row, await SubjectOfAsync(actor, cancellationToken), isSelf, actor.SiteRoles.Contains(RoleName.Owner), isLast);
    }

    public async Task<Result<Subject>> LockOwnersAsync(CancellationToken cancellationToken) =>
        await ActorUnderLockAsync(Guid.Empty, cancellationToken) is { } actor ? await SubjectOfAsync(actor, cancellationToken) : SessionErrors.Invalid;

    private async Task<ActorRow?> ActorUnderLockAsync(Guid userId, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Owners.Lock, null, cancellationToken);
        return await db.SingleOrDefaultAsync<ActorRow>(ReadActor, new { key_id = caller.KeyId, user_id = caller.UserId, id = userId }, cancellationToken);
    }

    private ValueTask<Subject> SubjectOfAsync(ActorRow actor, CancellationToken cancellationToken) =>
        subjects.CreateAsync(actor.ToFacts(actor.Scopes, actor.AllowList), cancellationToken);

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
