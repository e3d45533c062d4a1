using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

internal sealed class SeatHolders(Db<EntitlementsModule> db) : IAiSeats
{
    public async Task<IReadOnlySet<Guid>> HoldersAmongAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
            return new HashSet<Guid>();
        // A list goes on without its flags, and a command that failed to answer one commits.
        var holders = await db.WithSavepointAsync(() => db.QueryAsync<Guid>(Select, new { ids = userIds as Guid[] ?? userIds.ToArray() }, cancellationToken), cancellationToken);
        return holders.ToHashSet();
    }

    private const string Select =
        """
        select user_id
        from contracts.ai_seat_holders
        where user_id = any(@ids)
        """;
}
