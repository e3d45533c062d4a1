namespace Monolith.Notifications.Directory;

/// <summary>A rule as stored.</summary>
internal sealed record RuleRow
{
    public required string Rule { get; init; }

    public required bool Enabled { get; init; }

    public required int[] Thresholds { get; init; }

    /// <summary>How many of its steps were told and not left again.</summary>
    public int Level { get; init; }

    public string? Reading { get; init; }

    public DateTimeOffset? ToldAt { get; init; }

    public DateTimeOffset? LookedAt { get; init; }
}

/// <summary>A rule on the wire.</summary>
/// <param name="Name">Which rule.</param>
/// <param name="Enabled">Whether it is looked at.</param>
/// <param name="Thresholds">When it tells, in its unit; for the audit chain how often it is verified.</param>
/// <param name="Unit">What the thresholds count.</param>
/// <param name="IsTold">True while what it watches for is the case and somebody was told.</param>
/// <param name="Reading">What the last look found.</param>
/// <param name="LookedAt">When that was.</param>
/// <param name="ToldAt">When it told the last time.</param>
internal sealed record Rule(
    [property: OneOf(typeof(RuleName))] string Name,
    bool Enabled,
    IReadOnlyList<int> Thresholds,
    [property: OneOf("RuleUnit", RuleKind.Percent, RuleKind.Days, RuleKind.Hours)] string Unit,
    bool IsTold,
    string? Reading,
    DateTimeOffset? LookedAt,
    DateTimeOffset? ToldAt)
{
    public static Rule From(RuleRow row) =>
        new(row.Rule, row.Enabled, [.. row.Thresholds.Order()], RuleKind.Find(row.Rule)!.Unit, row.Level > 0, row.Reading, row.LookedAt, row.ToldAt);
}
