using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>Somebody's first request, or the first one of a dormant user: once in a long while, so that its answer shows it.</summary>
[AllowAnonymousRequest("Authentication sends it for the user whose key it has just checked; no route leads here.")]
[NothingToValidate("It comes from the server itself.")]
internal sealed record WakeUserCommand(Guid UserId) : IVoidCommand;

internal sealed class WakeUserHandler(UserWaker waker) : ICommandHandler<WakeUserCommand, Unit>
{
    public async Task<Result<Unit>> Handle(WakeUserCommand request, CancellationToken cancellationToken)
    {
        await waker.WakeAsync(request.UserId, null, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Marks a user as seen, and active when dormant. Runs in the transaction of its command.</summary>
internal sealed class UserWaker(Db<MembersModule> db, IDispatcher events, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False when the account is gone or suspended, or its password is no longer the one that was checked.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="passwordHash">The stored hash that was compared with; null when no password was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> WakeAsync(Guid userId, string? passwordHash, CancellationToken cancellationToken)
    {
        var woken = await db.SingleOrDefaultAsync<Woken>(Wake, new { id = userId, password_hash = passwordHash, now = clock.GetUtcNow() }, cancellationToken);
        if (woken is { WasDormant: true })
        {
            audit.Record(new AuditEntry(AuditAction.Write, "user", userId, woken.Username, Before: new { Status = UserStatus.Dormant }, After: new { Status = UserStatus.Active }, ActorId: userId));
            await events.PublishAsync(new UserActivated(userId), cancellationToken);
        }

        return woken is not null;
    }

    private sealed record Woken(string Username, bool WasDormant);

    private const string Wake =
        """
        with before as (
            select id, status
            from members.users
            where id = @id
              and not deleted
              and status <> 'suspended'
              and (@password_hash is null or password_hash = @password_hash)
            for no key update
        )
        update members.users u
        set last_seen_at = greatest(u.last_seen_at, @now),
            status = 'active',
            updated_at = case when before.status = 'dormant' then @now else u.updated_at end
        from before
        where u.id = before.id
        returning u.username, before.status = 'dormant' as was_dormant
        """;
}
