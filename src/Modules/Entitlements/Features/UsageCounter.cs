using Monolith.BuildingBlocks.Data;

namespace Monolith.Entitlements.Features;

/// <summary>Counts what the limits are about, now. Scoped.</summary>
internal sealed class UsageCounter(Db db)
{
    public async Task<UsageCounts> CountAsync(CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<UsageCounts>(Count, null, cancellationToken))!;

    private const string Count =
        """
        select
            (select count(*) from contracts.users where is_active and not is_service_account) as active_users,
            (select count(*) from contracts.ai_seat_holders) as ai_seats
        """;
}
