using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Dashboard;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Tests;

/// <summary>What the page that removes a license says about it (dashboard finding 9).</summary>
public sealed class RemovalEffectTests
{
    [Fact]
    public void A_limit_that_falls_is_told_in_numbers() => Assert.Equal(
        ["AI seats: the limit falls from 3,000 to 146; 138 are in use."],
        RemovalEffects.Of(With((FeatureNames.AiGovernanceUserLimit, Limited(3000))), With((FeatureNames.AiGovernanceUserLimit, Limited(146)))));

    [Fact]
    public void What_nobody_else_allows_is_named() => Assert.Equal(
        ["AI seats: the limit of 3,000 goes away, and with it what it allows; 138 are in use.", "These stop working at once: Audit Log, Custom Roles."],
        RemovalEffects.Of(With((FeatureNames.AiGovernanceUserLimit, Limited(3000)), (FeatureNames.CustomRoles, On), (FeatureNames.AuditLog, On)), With()));

    [Fact]
    public void Where_other_licenses_allow_the_same_nothing_changes() =>
        Assert.Equal(["Nothing changes: other licenses allow the same."], RemovalEffects.Of(With((FeatureNames.CustomRoles, On)), With((FeatureNames.CustomRoles, On))));

    private static Feature On => new(Entitlement.Entitled, true);

    private static Feature Limited(long limit) => new(Entitlement.Entitled, true, limit, 138);

    private static DeploymentEntitlements With(params (string Name, Feature Feature)[] features)
    {
        var all = FeatureCatalog.All.ToDictionary(feature => feature.Name, _ => new Feature(Entitlement.NotEntitled, false));
        foreach (var (name, feature) in features)
            all[name] = feature;
        return new(all, [], [], true, false, false, DateTimeOffset.UnixEpoch);
    }
}
