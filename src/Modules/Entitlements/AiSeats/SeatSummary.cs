using System.Text.Json.Serialization;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

/// <summary>How full the seats are (contract 4.2 and 6).</summary>
internal enum SeatLevel
{
    /// <summary>The feature is not licensed.</summary>
    None,

    /// <summary>Below 90 percent.</summary>
    Ok,

    /// <summary>From 90 percent.</summary>
    Near,

    /// <summary>Exactly all.</summary>
    Full,

    /// <summary>More than all.</summary>
    Over,
}

/// <summary>The seats in numbers, so that no client has to read warnings. Nulls are written.</summary>
internal sealed record SeatSummary(
    Entitlement Entitlement,
    bool Enabled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Limit,
    long Actual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Available,
    long Over,
    SeatLevel Level,
    long ServiceAccounts,
    DateTimeOffset ComputedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateOnly? LimitReachedOn)
{
    // Beyond this the projection says nothing useful.
    private const double LongestProjectionInDays = 3650;

    public static SeatSummary Without(DateTimeOffset now) => new(Entitlement.NotEntitled, false, null, 0, null, 0, SeatLevel.None, 0, now, null);

    public static SeatSummary Of(Feature feature, long limit, long actual, long serviceAccounts, DateTimeOffset now, int? daysToLimit) => new(
        feature.Entitlement,
        true,
        limit,
        actual,
        Math.Max(0, limit - actual),
        Math.Max(0, actual - limit),
        LevelOf(limit, actual),
        serviceAccounts,
        now,
        daysToLimit is { } days ? DateOnly.FromDateTime(now.UtcDateTime.AddDays(days)) : null);

    /// <summary>Days until the limit at a steady rate of first uses; 0 when it is reached, null when it will not be.</summary>
    public static int? DaysToLimit(long limit, long actual, double firstUsesPerDay)
    {
        if (firstUsesPerDay <= 0)
            return null;
        var days = Math.Max(0, Math.Ceiling((limit - actual) / firstUsesPerDay));
        return days <= LongestProjectionInDays ? (int)days : null;
    }

    /// <summary>For a limit that exists.</summary>
    public static SeatLevel LevelOf(long limit, long actual)
    {
        if (actual > limit)
            return SeatLevel.Over;
        if (actual == limit)
            return SeatLevel.Full;
        return actual * 10 >= limit * (decimal)9 ? SeatLevel.Near : SeatLevel.Ok;
    }
}
