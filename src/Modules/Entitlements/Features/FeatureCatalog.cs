using System.Collections.Frozen;
using System.Globalization;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.Features;

/// <summary>How a feature is granted.</summary>
internal enum FeatureKind
{
    /// <summary>On or off.</summary>
    Switch,

    /// <summary>A number that needs a license.</summary>
    Limit,

    /// <summary>A number for a period of time.</summary>
    PeriodLimit,
}

/// <summary>One feature.</summary>
internal sealed record FeatureInfo(string Name, FeatureKind Kind, bool PremiumOnly, string HumanName);

/// <summary>Every feature we know, in the order of the wire (specification 1.4).</summary>
internal static class FeatureCatalog
{
    public static IReadOnlyList<FeatureInfo> All { get; } =
    [
        Limit(FeatureNames.UserLimit),
        Switch(FeatureNames.AuditLog),
        Switch("connection_log"),
        Switch("browser_only"),
        Switch("scim", "SCIM"),
        Switch("template_rbac", "Template RBAC"),
        Switch("high_availability"),
        Switch("multiple_external_auth"),
        Switch("external_provisioner_daemons"),
        Switch("appearance"),
        Switch("advanced_template_scheduling"),
        Switch("workspace_proxy"),
        Switch(FeatureNames.UserRoleManagement),
        Switch("external_token_encryption"),
        Switch("workspace_batch_actions"),
        Switch("task_batch_actions"),
        Switch("access_control"),
        Switch("control_shared_ports"),
        Premium(FeatureNames.CustomRoles),
        Premium(FeatureNames.MultipleOrganizations),
        Switch("workspace_prebuilds"),
        new(FeatureNames.ManagedAgentLimit, FeatureKind.PeriodLimit, false, Humanize(FeatureNames.ManagedAgentLimit)),
        Switch("workspace_external_agent"),
        Switch(FeatureNames.AiBridge, "AI Gateway"),
        Switch("boundary"),
        Premium(FeatureNames.ServiceAccounts),
        new(FeatureNames.AiGovernanceUserLimit, FeatureKind.Limit, false, "AI Governance User Limit"),
    ];

    private static readonly FrozenDictionary<string, FeatureInfo> ByName = All.ToFrozenDictionary(feature => feature.Name, StringComparer.Ordinal);

    /// <summary>Every feature that is not a limit.</summary>
    public static IEnumerable<FeatureInfo> Switches => All.Where(feature => feature.Kind == FeatureKind.Switch);

    public static FeatureInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name of today for a name that older licenses carry.</summary>
    public static string Current(string name) => name == "managed_agent_limit_soft" ? FeatureNames.ManagedAgentLimit : name;

    /// <summary>The switches of a feature set, compared without case; none for an unknown set.</summary>
    public static IEnumerable<FeatureInfo> InSet(string set) => set.ToUpperInvariant() switch
    {
        "PREMIUM" => Switches,
        "ENTERPRISE" => Switches.Where(feature => !feature.PremiumOnly),
        _ => [],
    };

    /// <summary>A wire name in words.</summary>
    public static string Humanize(string name) => string.Join(' ', name.Split('_').Select(word => word == "ai" ? "AI" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word)));

    private static FeatureInfo Limit(string name) => new(name, FeatureKind.Limit, false, Humanize(name));

    private static FeatureInfo Switch(string name, string? human = null) => new(name, FeatureKind.Switch, false, human ?? Humanize(name));

    private static FeatureInfo Premium(string name) => new(name, FeatureKind.Switch, true, Humanize(name));
}
