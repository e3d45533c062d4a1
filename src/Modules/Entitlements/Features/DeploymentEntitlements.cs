namespace Monolith.Entitlements.Features;

/// <summary>The answer of <c>GET /api/v2/entitlements</c>.</summary>
internal sealed record DeploymentEntitlements(
    IReadOnlyDictionary<string, Feature> Features,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Errors,
    bool HasLicense,
    bool Trial,
    bool RequireTelemetry,
    DateTimeOffset RefreshedAt);

/// <summary>What is counted live.</summary>
/// <param name="ActiveUsers">Active people, service accounts not among them.</param>
/// <param name="AiSeats">Holders of an AI seat, service accounts among them.</param>
/// <param name="ManagedAgents">Start builds of task workspaces within the usage period of their limit.</param>
internal sealed record UsageCounts(long ActiveUsers, long AiSeats, long ManagedAgents = 0)
{
    /// <summary>Where the numbers do not matter.</summary>
    public static UsageCounts None { get; } = new(0, 0);
}
