using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>Somebody's first request, or the first one of a dormant user: once in a long while, so that its answer shows it.</summary>
[AllowAnonymousRequest("Authentication sends it for the user whose key it has just checked; no route leads here.")]
[NothingToValidate("It comes from the server itself.")]
internal sealed record ActivateUserCommand(Guid UserId) : ICommand;

internal sealed class ActivateUserHandler(DormantUserActivation waker) : ICommandHandler<ActivateUserCommand, Unit>
{
    public async Task<Result<Unit>> Handle(ActivateUserCommand request, CancellationToken cancellationToken)
    {
        await waker.WakeAsync(request.UserId, null, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Marks a user as seen, and active when dormant. Runs in the transaction of its command.</summary>
internal sealed class DormantUserActivation(IWakeStore store, IDispatcher events, AuditTrail audit)
{
    /// <summary>False when the account is gone or suspended, or its password is no longer the one that was checked.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="passwordHash">The stored hash that was compared with; null when no password was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> WakeAsync(Guid userId, string? passwordHash, CancellationToken cancellationToken)
    {
        var woken = await store.WakeAsync(userId, passwordHash, cancellationToken);
        if (woken is { WasDormant: true })
        {
            audit.Record(new AuditEntry(AuditAction.Write, "user", userId, woken.Username, Before: new { Status = UserStatus.Dormant }, After: new { Status = UserStatus.Active }, ActorId: userId));
            await events.PublishAsync(new UserActivated(userId), cancellationToken);
        }

        return woken is not null;
    }
}
