namespace Monolith.Entitlements.Features;

/// <summary>What the limits are about, now: sums of kept counts, whatever the number of users. Scoped.</summary>
internal sealed class UsageCounter(Db<EntitlementsModule> db, EntitlementSnapshot snapshot)
{
    public async Task<UsageCounts> CountAsync(CancellationToken cancellationToken)
    {
        var period = snapshot.ManagedAgentPeriod;
        return (await db.SingleOrDefaultAsync<UsageCounts>(
            Count,
            new { from = Day(period?.Start), to = Day(period?.End) },
            cancellationToken))!;
    }

    private static DateOnly? Day(DateTimeOffset? time) => time is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;

    private const string Count =
        """
        select
            sum(active_people)::bigint as active_users,
            sum(ai_seats)::bigint as ai_seats,
            (select coalesce(sum(builds), 0)::bigint
             from entitlements.task_starts
             where day between @from::date and @to::date) as managed_agents
        from entitlements.usage_counts
        """;
}
