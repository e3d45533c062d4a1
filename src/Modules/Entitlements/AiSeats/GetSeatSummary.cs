using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

internal sealed class GetSeatSummaryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats/summary",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetSeatSummaryQuery(), ct).Ok())
        .For<GetSeatSummaryQuery>("get-ai-seat-summary", "Answers how many AI seats are held, of how many, and when the limit will be reached.")
        .Produces<SeatSummary>();
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record GetSeatSummaryQuery : IQuery<SeatSummary>;

internal sealed class GetSeatSummaryHandler(Db<EntitlementsModule> db, EntitlementSnapshot snapshot, UsageCounter counter, TimeProvider clock)
    : IQueryHandler<GetSeatSummaryQuery, SeatSummary>
{
    private const int TrendDays = 14;
    private const int LateDays = 7;

    public async Task<Result<SeatSummary>> Handle(GetSeatSummaryQuery request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var counts = await counter.CountAsync(cancellationToken);
        var feature = snapshot.Compute(counts).Features[FeatureNames.AiGovernanceUserLimit];
        if (!feature.Enabled || feature.Limit is not { } limit)
            return SeatSummary.Without(now);

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var trend = (await db.SingleOrDefaultAsync<SeatTrend>(Trend, new { since = today.AddDays(-TrendDays), late = today.AddDays(-LateDays) }, cancellationToken))!;
        var reached = SeatSummary.Project(today, limit, counts.AiSeats, (double)(counts.AiSeats - trend.Before) / TrendDays);
        int? flat = counts.AiSeats <= trend.Before ? TrendDays : counts.AiSeats <= trend.Lately ? LateDays : null;
        return SeatSummary.Of(feature, limit, counts.AiSeats, trend.ServiceAccounts, now, reached) with { FlatDays = flat };
    }

    private sealed record SeatTrend(long ServiceAccounts, long Before, long Lately);

    private static readonly string Trend =
        $"""
        select
            (select sum(service_account_seats)::bigint from entitlements.usage_counts) as service_accounts,
            {HoldersOn("@since")} as before,
            {HoldersOn("@late")} as lately
        """;

    // A day that nobody recorded is like the day before. Where no record is that old, the holders of now who had used AI by then
    // are the best that is known: nobody of a new deployment, everybody of one whose records begin late.
    private static string HoldersOn(string day) =>
        $"""
        coalesce(
            (select holders
             from entitlements.ai_seat_days
             where day <= {day}
             order by day desc
             limit 1),
            (select coalesce(sum(seats), 0)::bigint
             from entitlements.ai_seat_first_uses
             where day <= {day}))
        """;
}
