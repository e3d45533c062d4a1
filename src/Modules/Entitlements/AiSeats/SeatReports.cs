using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Sends the same queries as the endpoints do.</summary>
internal sealed class SeatReports(IDispatcher dispatcher, Db<EntitlementsModule> db) : ISeatReports
{
    public async Task<SeatNumbers?> NumbersAsync(CancellationToken cancellationToken)
    {
        var result = await dispatcher.SendAsync(new GetSeatSummaryQuery(), cancellationToken);
        return result.IsSuccess ? Numbers(result.Value) : null;
    }

    /// <summary>Null while no license limits the seats.</summary>
    internal static SeatNumbers? Numbers(SeatSummary summary) => summary is { Enabled: true, Limit: { } limit }
        ? new SeatNumbers(
            summary.Entitlement == Entitlement.GracePeriod,
            limit,
            summary.Actual,
            summary.Available ?? 0,
            summary.Over,
            LevelOf(limit, summary.Level),
            summary.ServiceAccounts,
            summary.ComputedAt,
            summary.LimitReachedOn,
            summary.FlatDays)
        : null;

    public async Task<OrganizationSeatNumbers?> OrganizationAsync(string organization, CancellationToken cancellationToken)
    {
        var result = await dispatcher.SendAsync(new GetOrganizationSeatsQuery(organization), cancellationToken);
        return result.IsSuccess && result.Value is { Deployment: { Limit: { } limit } deployment } seats
            ? new OrganizationSeatNumbers(seats.Members, seats.Holders, deployment.Actual, limit, LevelOf(limit, deployment.Level), deployment.InGracePeriod)
            : null;
    }

    public async Task<Result<SeatPlan>> SuspendingAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellationToken)
    {
        var (freed, kept) = (new List<SeatFate>(), new List<SeatFate>());
        SeatFigures? now = null;
        // Nobody: a batch of nobody, for the numbers of now.
        foreach (var batch in userIds.Chunk(ForecastRequest.MostUsers).DefaultIfEmpty([]))
        {
            var result = await dispatcher.SendAsync(new ForecastSeatsQuery(Body<ForecastRequest>.Of(new ForecastRequest(Suspend: batch))), cancellationToken);
            if (!result.IsSuccess)
                return result.Error;
            now ??= result.Value.Now;
            freed.AddRange(Fates(result.Value.Freed));
            kept.AddRange(Fates(result.Value.NotFreed));
        }

        return new SeatPlan(Moment(now!), Moment(now!.Limit is { } limit ? SeatFigures.Of(now.Actual - freed.Count, limit) : now), freed, kept);

        static SeatMoment Moment(SeatFigures figures) => new(figures.Actual, figures.Limit, figures.Over, LevelOf(figures.Limit ?? 0, figures.Level));

        static IReadOnlyList<SeatFate> Fates(IReadOnlyList<SeatOutcome> outcomes) => [.. outcomes.Select(one => new SeatFate(one.User.Username, one.Reason))];
    }

    public async Task<Result<SeatExplanation>> ExplainAsync(string user, CancellationToken cancellationToken)
    {
        var result = await dispatcher.SendAsync(new GetUserSeatQuery(user), cancellationToken);
        if (!result.IsSuccess)
            return result.Error;
        var seat = result.Value;
        return new SeatExplanation(
            seat.Counted,
            seat.Consuming,
            [.. seat.Reasons.Select(reason => new SeatEvidence(reason.Type, reason.FirstUsedAt, reason.LastUsedAt, reason.Events, SeatEvidenceText.Shown(reason.LastDescription)))]);
    }

    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastUsesAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        userIds.Count == 0
            ? new Dictionary<Guid, DateTimeOffset>()
            : (await db.QueryAsync<LastUse>(LastUses, new { ids = userIds.ToArray() }, cancellationToken)).ToDictionary(use => use.UserId, use => use.LastUsedAt);

    private static string LevelOf(long limit, SeatLevel level) => limit <= 0 ? "none" : level.ToString().ToLowerInvariant();

    private sealed record LastUse(Guid UserId, DateTimeOffset LastUsedAt);

    private const string LastUses =
        """
        select user_id, last_used_at
        from entitlements.ai_seat_state
        where user_id = any(@ids)
        """;
}
