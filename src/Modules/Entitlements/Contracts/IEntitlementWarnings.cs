namespace Monolith.Entitlements.Contracts;

/// <summary>The warnings of <c>GET /api/v2/entitlements</c> for the headers of other answers.</summary>
public interface IEntitlementWarnings
{
    /// <summary>From memory, some seconds old at most while requests come in. Show them only to who may read the deployment's configuration (entitlements specification 1.8).</summary>
    IReadOnlyList<string> Recent { get; }
}
