namespace Monolith.Notifications.Directory;

/// <summary>The rules, and what their thresholds count.</summary>
internal static class RuleName
{
    public const string SeatsUsed = "seats_used";
    public const string SeatsProjectedFull = "seats_projected_full";
    public const string LicenseEnds = "license_ends";
    public const string UsersBecomeDormant = "users_become_dormant";
    public const string AuditChainBroken = "audit_chain_broken";

    /// <summary>In the order of lists.</summary>
    public static IReadOnlyList<string> All { get; } = [SeatsUsed, SeatsProjectedFull, LicenseEnds, UsersBecomeDormant, AuditChainBroken];
}

/// <summary>What a rule may be set to.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Unit">What its thresholds count.</param>
/// <param name="Largest">The largest threshold; the smallest is 1.</param>
/// <param name="MostThresholds">How many there may be.</param>
internal sealed record RuleKind(string Name, string Unit, int Largest, int MostThresholds)
{
    public const string Percent = "percent", Days = "days", Hours = "hours";

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(RuleName.SeatsUsed, Percent, 100, 10),
        new(RuleName.SeatsProjectedFull, Days, 365, 1),
        new(RuleName.LicenseEnds, Days, 365, 10),
        new(RuleName.UsersBecomeDormant, Days, 365, 1),
        new(RuleName.AuditChainBroken, Hours, 24 * 31, 1),
    ];

    public static RuleKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
