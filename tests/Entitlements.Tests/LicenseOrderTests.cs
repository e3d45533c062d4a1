using System.Text.Json;
using CsCheck;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Tests;

/// <summary>The entitlements as a function of a set of licenses: where the order may matter, and where not.</summary>
public sealed class LicenseOrderTests
{
    private static readonly Gen<LicenseTerms> License = Gen.Select(
        Of("", "enterprise", "premium", "Premium"),
        Gen.Select(Of(-20, -5, 3, 12, 29, 100), Of(-10, -5, 2, 5), Gen.Int[0, 3]),
        Gen.Select(Gen.Bool, Gen.Bool),
        Gen.Select(Of("user_limit", "ai_governance_user_limit", "managed_agent_limit", "audit_log", "custom_roles", "unknown"), Gen.Long[-1, 12]).Array[0, 4],
        (set, days, flags, grants) => Samples.Terms(set, days.Item1, graceDays: 10, startsInDays: days.Item2, trial: flags.Item1) with
        {
            IssuedAt = Samples.Now.AddDays(-20 + days.Item3),
            RequireTelemetry = flags.Item2,
            Features = grants.GroupBy(grant => grant.Item1).ToDictionary(grant => grant.Key, grant => grant.First().Item2),
        });

    private static readonly Gen<(LicenseTerms[] Licenses, UsageCounts Counts, int Seed)> Deployment = Gen.Select(
        License.Array[0, 5],
        Gen.Select(Gen.Long[0, 12], Gen.Long[0, 12], Gen.Long[0, 12], (users, seats, agents) => new UsageCounts(users, seats, agents)),
        Gen.Int);

    [Fact]
    public void Without_add_ons_the_order_of_licenses_does_not_matter() => Deployment.Sample(sample =>
    {
        var shuffled = sample.Licenses.ToArray();
        new Random(sample.Seed).Shuffle(shuffled);
        var one = Compute(sample.Counts, sample.Licenses);
        var other = Compute(sample.Counts, shuffled);

        Assert.Equal(one.Features, other.Features);
        Assert.Equal(one.Warnings, other.Warnings);
        Assert.Equal(one.Errors.Order(), other.Errors.Order());
        Assert.Equal((one.HasLicense, one.Trial, one.RequireTelemetry), (other.HasLicense, other.Trial, other.RequireTelemetry));
    });

    [Fact]
    public void What_always_holds() => Deployment.Sample(sample =>
    {
        var answer = Compute(sample.Counts, sample.Licenses);

        Assert.Equal(FeatureCatalog.All.Select(feature => feature.Name), answer.Features.Keys);
        Assert.All(answer.Features.Values, feature =>
        {
            Assert.False(feature is { Enabled: true, Entitlement: Entitlement.NotEntitled });
            Assert.False(feature is { Entitlement: Entitlement.NotEntitled, Limit: not null });
        });
        Assert.All(FeatureCatalog.Switches, feature => Assert.Equal(answer.Features[feature.Name].Enabled, answer.Features[feature.Name].Entitlement != Entitlement.NotEntitled));
        Assert.Equal(sample.Counts.ActiveUsers, answer.Features["user_limit"].Actual);
        Assert.True(answer.HasLicense || answer is { Trial: false, RequireTelemetry: false });
    });

    [Fact]
    public void One_more_license_never_takes_a_switch_away() => Gen.Select(Deployment, License).Sample((sample, more) =>
    {
        var before = Compute(sample.Counts, sample.Licenses);
        var after = Compute(sample.Counts, [.. sample.Licenses, more]);

        Assert.All(FeatureCatalog.Switches, feature => Assert.True(after.Features[feature.Name].Entitlement >= before.Features[feature.Name].Entitlement));
    });

    [Fact]
    public void Trap_14_an_add_on_is_checked_against_earlier_licenses_so_here_the_order_matters()
    {
        var seats = Samples.Terms(features: ("ai_governance_user_limit", 5));
        var addon = Samples.Terms(addons: ["ai_governance"]);
        var earlier = Compute(new(0, 0), [seats, addon]);
        var later = Compute(new(0, 0), [addon, seats]);

        Assert.True(earlier.Features["boundary"].Enabled);
        Assert.Empty(earlier.Errors);
        Assert.False(later.Features["boundary"].Enabled);
        var error = Assert.Single(later.Errors);
        Assert.Contains("add-on ai_governance", error, StringComparison.Ordinal);
        Assert.Contains("ai_governance_user_limit", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_add_on_in_grace_grants_in_grace()
    {
        var answer = Compute(new(0, 0), [Samples.Terms(features: ("ai_governance_user_limit", 5)), Samples.Terms(expiresInDays: -1, addons: ["ai_governance"])]);

        Assert.Equal(Entitlement.GracePeriod, answer.Features["aibridge"].Entitlement);
        Assert.Equal(Entitlement.Entitled, answer.Features["ai_governance_user_limit"].Entitlement);
    }

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    // The claims alone: a signature would cost the most and decide nothing here.
    private static DeploymentEntitlements Compute(UsageCounts counts, LicenseTerms[] terms) => EntitlementComputation.Compute(
        Samples.Now,
        Samples.Now,
        terms.Select(one => new StoredLicense(Guid.Empty, new LicenseToken(LicenseClaims.From(JsonSerializer.SerializeToElement(LicenseTool.Claims(one))), null, null))),
        [],
        counts);
}
