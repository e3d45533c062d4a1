using System.Text.Json.Serialization;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

internal sealed class ForecastSeatsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/ai-seats/what-if",
            (Body<ForecastRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ForecastSeatsQuery(body), ct).Ok())
        .For<ForecastSeatsQuery>("forecast-ai-seats", "Answers what suspending or deleting people, dormancy, or another limit would make of the AI seats, and changes nothing.")
        .ReadsOnly()
        .Produces<SeatForecast>();
}

/// <summary>What would be done. Every part may be left out.</summary>
/// <param name="Suspend">At most 1000 users.</param>
/// <param name="Delete">At most 1000 users.</param>
/// <param name="DormantAfterDays">From 1 to 3650: whoever was away for longer would be dormant.</param>
/// <param name="Limit">Another number of seats, such as that of a renewal.</param>
internal sealed record ForecastRequest(IReadOnlyList<Guid>? Suspend = null, IReadOnlyList<Guid>? Delete = null, int? DormantAfterDays = null, long? Limit = null)
{
    internal const int MostUsers = 1000;
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record ForecastSeatsQuery(Body<ForecastRequest> Body) : IQuery<SeatForecast>;

internal sealed class ForecastSeatsValidator : AbstractValidator<ForecastSeatsQuery>
{
    private const int MostDays = 3650;
    private const long LargestLimit = 1_000_000_000;

    public ForecastSeatsValidator()
    {
        RuleFor(query => query.Body.Value.Suspend).Must(IsBounded).OverridePropertyName("suspend").WithMessage($"At most {ForecastRequest.MostUsers} users.");
        RuleFor(query => query.Body.Value.Delete).Must(IsBounded).OverridePropertyName("delete").WithMessage($"At most {ForecastRequest.MostUsers} users.");
        RuleFor(query => query.Body.Value.DormantAfterDays).Must(days => days is null or (>= 1 and <= MostDays))
            .OverridePropertyName("dormant_after_days").WithMessage($"Must be a number of days from 1 to {MostDays}.");
        RuleFor(query => query.Body.Value.Limit).Must(limit => limit is null or (>= 0 and <= LargestLimit))
            .OverridePropertyName("limit").WithMessage($"Must be a number of seats from 0 to {LargestLimit}.");
    }

    private static bool IsBounded(IReadOnlyList<Guid>? ids) => ids is null || ids.Count <= ForecastRequest.MostUsers;
}

/// <summary>The seats now and then. <c>freed</c> names everybody who was asked about, and the first 1000 who would be dormant; <c>freed_count</c> counts all.</summary>
internal sealed record SeatForecast(SeatFigures Now, SeatFigures Then, IReadOnlyList<SeatOutcome> Freed, long FreedCount, IReadOnlyList<SeatOutcome> NotFreed);

/// <summary>The numbers of a moment. Without the feature nobody holds a seat; <c>limit</c> and <c>available</c> are null then.</summary>
internal sealed record SeatFigures(
    long Actual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Limit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Available,
    long Over,
    SeatLevel Level)
{
    public static SeatFigures None { get; } = new(0, null, null, 0, SeatLevel.None);

    public static SeatFigures Of(long actual, long limit) =>
        new(actual, limit, Math.Max(0, limit - actual), Math.Max(0, actual - limit), SeatSummary.LevelOf(limit, actual));
}

/// <summary>What becomes of one seat, and why. Of an id of nobody only the id is told.</summary>
internal sealed record SeatOutcome(SeatUser User, string Reason);

internal sealed class ForecastSeatsHandler(SeatFates fates, EntitlementSnapshot snapshot, UsageCounter counter, IAccountForecast accounts)
    : IQueryHandler<ForecastSeatsQuery, SeatForecast>
{
    private const int MostDormant = 1000;

    public async Task<Result<SeatForecast>> Handle(ForecastSeatsQuery request, CancellationToken cancellationToken)
    {
        var wish = request.Body.Value;
        var counts = await counter.CountAsync(cancellationToken);
        var feature = snapshot.Compute(counts).Features[FeatureNames.AiGovernanceUserLimit];
        var licensed = feature.Enabled ? feature.Limit : null;

        var (freed, kept) = await fates.OfAsync(wish.Suspend ?? [], wish.Delete ?? [], cancellationToken);
        var count = (long)freed.Count;
        if (wish.DormantAfterDays is { } days)
        {
            var dormant = await accounts.DormantHoldersAsync(days, [.. freed.Select(one => one.User.Id)], MostDormant, cancellationToken);
            count += dormant.Count;
            freed = [.. freed, .. await fates.DormantAsync(dormant.First, days, cancellationToken)];
        }

        return new SeatForecast(
            licensed is { } limit ? SeatFigures.Of(counts.AiSeats, limit) : SeatFigures.None,
            (wish.Limit ?? licensed) is { } then ? SeatFigures.Of(counts.AiSeats - count, then) : SeatFigures.None,
            freed,
            count,
            kept);
    }
}
