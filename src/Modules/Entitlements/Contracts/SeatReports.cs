namespace Monolith.Entitlements.Contracts;

/// <summary>The seats in numbers, as <c>GET /ai-seats/summary</c> answers them.</summary>
/// <param name="InGracePeriod">True after the paid term, while the feature still works.</param>
/// <param name="Limit">Seats licensed.</param>
/// <param name="Actual">Seats consumed.</param>
/// <param name="Available">Seats left, at least 0.</param>
/// <param name="Over">Seats too many, at least 0.</param>
/// <param name="Level"><c>none</c>, <c>ok</c>, <c>near</c>, <c>full</c> or <c>over</c>; <c>none</c> also for a limit of 0 or less.</param>
/// <param name="ServiceAccounts">How many of the seats service accounts consume.</param>
/// <param name="ComputedAt">When this was counted.</param>
/// <param name="LimitReachedOn">The day on which the limit will be reached at the growth of the last 14 days; null when there is none, or when it is more than 12 months ahead.</param>
/// <param name="FlatDays">The longer of the last 14 and the last 7 days in which the seats did not grow: whoever looks at a chart of them sees no way to a limit. Null when they grew in both.</param>
public sealed record SeatNumbers(
    bool InGracePeriod,
    long Limit,
    long Actual,
    long Available,
    long Over,
    string Level,
    long ServiceAccounts,
    DateTimeOffset ComputedAt,
    DateOnly? LimitReachedOn,
    int? FlatDays = null);

/// <summary>The seats of one organization, as <c>GET /organizations/{organization}/ai-seats/summary</c> answers them.</summary>
/// <param name="Members">Members of the organization.</param>
/// <param name="Holders">How many of them hold a seat.</param>
/// <param name="Actual">Seats that the deployment consumes.</param>
/// <param name="Limit">Seats licensed.</param>
/// <param name="Level">As in <see cref="SeatNumbers"/>, of the deployment.</param>
/// <param name="InGracePeriod">True after the paid term, while the feature still works.</param>
public sealed record OrganizationSeatNumbers(long Members, long Holders, long Actual, long Limit, string Level, bool InGracePeriod);

/// <summary>The seats at a moment.</summary>
/// <param name="Actual">Seats consumed.</param>
/// <param name="Limit">Seats licensed; null without the feature.</param>
/// <param name="Over">Seats too many, at least 0.</param>
/// <param name="Level">As in <see cref="SeatNumbers"/>.</param>
public sealed record SeatMoment(long Actual, long? Limit, long Over, string Level);

/// <summary>What becomes of the seat of somebody.</summary>
/// <param name="Username">Who.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record SeatFate(string Username, string Reason);

/// <summary>What suspending people would make of the seats, as <c>POST /ai-seats/what-if</c> answers it.</summary>
/// <param name="Now">Before.</param>
/// <param name="Then">After.</param>
/// <param name="Freed">Whose seat becomes free.</param>
/// <param name="Kept">Whose does not, or is none.</param>
public sealed record SeatPlan(SeatMoment Now, SeatMoment Then, IReadOnlyList<SeatFate> Freed, IReadOnlyList<SeatFate> Kept);

/// <summary>One kind of evidence for a seat, as <c>GET /users/{user}/ai-seat</c> answers it.</summary>
/// <param name="Type"><c>aibridge</c> or <c>task</c>.</param>
/// <param name="FirstUsedAt">The earliest use.</param>
/// <param name="LastUsedAt">The latest use.</param>
/// <param name="Events">How many uses.</param>
/// <param name="LastDescription">What the latest use was.</param>
public sealed record SeatEvidence(string Type, DateTimeOffset FirstUsedAt, DateTimeOffset LastUsedAt, long Events, string LastDescription);

/// <summary>Why a user holds a seat or does not.</summary>
/// <param name="Counted">Is a holder.</param>
/// <param name="Consuming">Is a holder, and the feature is usable.</param>
/// <param name="Evidence">Empty when there was no use.</param>
public sealed record SeatExplanation(bool Counted, bool Consuming, IReadOnlyList<SeatEvidence> Evidence);

/// <summary>What pages of other modules show about AI seats. Everything but <see cref="LastUsesAsync"/> asks for the caller's permissions.</summary>
public interface ISeatReports
{
    /// <summary>Null when the feature is not usable, or when the caller may not read all users.</summary>
    Task<SeatNumbers?> NumbersAsync(CancellationToken cancellationToken);

    /// <summary>Null when the feature is not usable, or when the caller may not read the members of the organization.</summary>
    Task<OrganizationSeatNumbers?> OrganizationAsync(string organization, CancellationToken cancellationToken);

    /// <summary>What suspending these users would free. It changes nothing, and reads them in batches. 403 for a caller who may not read all users.</summary>
    Task<Result<SeatPlan>> SuspendingAsync(IReadOnlyList<Guid> userIds, CancellationToken cancellationToken);

    /// <summary>404 for a user who is absent or hidden.</summary>
    Task<Result<SeatExplanation>> ExplainAsync(string user, CancellationToken cancellationToken);

    /// <summary>The latest use of each of these users who has used AI. One query. Runs as the system: authorize the list first.</summary>
    Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastUsesAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}
