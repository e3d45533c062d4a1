using Monolith.Members.Contracts;

namespace Monolith.Members.Dormancy;

/// <summary>One batch of the round that makes people dormant. No route leads here.</summary>
[AllowAnonymousRequest("The server's own clock sends it; no route leads here.")]
[NothingToValidate("It comes from the server itself.")]
internal sealed record MakeDormantCommand(DateTimeOffset Before) : ICommand<DormancyBatch>;

/// <summary>What one batch did.</summary>
/// <param name="Users">Who became dormant.</param>
/// <param name="Seats">How many of them held a seat.</param>
/// <param name="MayHaveMore">Another batch may find somebody.</param>
internal sealed record DormancyBatch(int Users, int Seats, bool MayHaveMore);

internal sealed class MakeDormantHandler(IDormancyStore store, IDispatcher events, AuditTrail audit) : ICommandHandler<MakeDormantCommand, DormancyBatch>
{
    private const int Most = 200;

    public async Task<Result<DormancyBatch>> Handle(MakeDormantCommand request, CancellationToken cancellationToken)
    {
        if (!await store.TryTakeTurnAsync(cancellationToken))
            return new DormancyBatch(0, 0, false);
        var fallen = await store.MakeDormantAsync(request.Before, Most, cancellationToken);
        foreach (var user in fallen)
        {
            audit.Record(new AuditEntry(
                AuditAction.Write, "user", user.Id, user.Username, Before: new { Status = UserStatus.Active }, After: new { Status = UserStatus.Dormant }));
            await events.PublishAsync(new UserDormancyStarted(user.Id), cancellationToken);
        }

        return new DormancyBatch(fallen.Count, fallen.Count(user => user.HeldSeat), fallen.Count > 0);
    }
}
