using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Whether AI seats are usable: asked once a request, so that order, filter and flags agree whatever happens to a license meanwhile. Scoped.</summary>
internal sealed class SeatFeature(IEntitlements entitlements)
{
    private bool? _isUsable;

    public bool IsUsable => _isUsable ??= entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit);
}
