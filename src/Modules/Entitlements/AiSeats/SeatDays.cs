using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

/// <summary>The seats day by day. Scoped.</summary>
internal sealed class SeatDays(Db<EntitlementsModule> db, EntitlementSnapshot snapshot, UsageCounter counter, TimeProvider clock) : ISeatHistory
{
    /// <summary>Today as it stands at this moment.</summary>
    public async Task<SeatDay> TodayAsync(CancellationToken cancellationToken)
    {
        var counts = await counter.CountAsync(cancellationToken);
        var feature = snapshot.Compute(counts).Features[FeatureNames.AiGovernanceUserLimit];
        return new SeatDay(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), counts.AiSeats, feature.Enabled ? feature.Limit : null);
    }

    /// <summary>Writes today down; the last look of a day stays. Several replicas may do so at once.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = await TodayAsync(cancellationToken);
        await db.ExecuteAsync(Insert, new { day = today.Date, holders = today.Holders, limit = today.Limit, now }, cancellationToken);
    }

    public async Task<int> BackfillAsync(DateOnly from, CancellationToken cancellationToken)
    {
        var today = await TodayAsync(cancellationToken);
        return await db.ExecuteAsync(Backfill, new { from, today = today.Date, limit = today.Limit, now = clock.GetUtcNow() }, cancellationToken);
    }

    private const string Insert =
        """
        insert into entitlements.ai_seat_days as kept (day, holders, seat_limit, recorded_at)
        values (@day, @holders, @limit, @now)
        on conflict (day) do update
        set
            holders = excluded.holders,
            seat_limit = excluded.seat_limit,
            recorded_at = excluded.recorded_at
        where kept.recorded_at < excluded.recorded_at
        """;

    private const string Backfill =
        """
        insert into entitlements.ai_seat_days (day, holders, seat_limit, recorded_at)
        select
            past.day::date,
            (select coalesce(sum(seats), 0) from entitlements.ai_seat_first_uses where day <= past.day),
            @limit,
            @now
        from generate_series(@from::date, @today::date - 1, interval '1 day') past (day)
        on conflict (day) do nothing
        """;
}
