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
    /// <summary>The longer of the last 14 and the last 7 days in which the seats did not grow; null when they grew in both. For pages: the wire does not carry it.</summary>
    [JsonIgnore]
    public int? FlatDays { get; init; }

    // Beyond this the projection says nothing useful.
    private const int LongestProjectionInMonths = 12;

    public static SeatSummary Without(DateTimeOffset now) => new(Entitlement.NotEntitled, false, null, 0, null, 0, SeatLevel.None, 0, now, null);

    public static SeatSummary Of(Feature feature, long limit, long actual, long serviceAccounts, DateTimeOffset now, DateOnly? limitReachedOn) => new(
        feature.Entitlement,
        true,
        limit,
        actual,
        Math.Max(0, limit - actual),
        Math.Max(0, actual - limit),
        LevelOf(limit, actual),
        serviceAccounts,
        now,
        limitReachedOn);

    /// <summary>The day of the limit at a steady growth; today when it is reached, null when the seats do not grow or the day is more than twelve months ahead.</summary>
    public static DateOnly? Project(DateOnly today, long limit, long actual, double holdersPerDay)
    {
        if (holdersPerDay <= 0)
            return null;
        var days = Math.Max(0, Math.Ceiling(((double)limit - actual) / holdersPerDay));
        var longest = today.AddMonths(LongestProjectionInMonths).DayNumber - today.DayNumber;
        return days <= longest ? today.AddDays((int)days) : null;
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
