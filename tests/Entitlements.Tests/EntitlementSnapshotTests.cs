using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;
using Monolith.Kernel.Results;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Tests;

public sealed class EntitlementSnapshotTests
{
    private readonly FakeTimeProvider _clock = new(Samples.Now);
    private readonly ILicenseReader _reader = Substitute.For<ILicenseReader>();

    [Theory]
    [InlineData("custom_roles", "Custom Roles is a Premium feature")]
    [InlineData("multiple_organizations", "Multiple Organizations is a Premium feature")]
    [InlineData("template_rbac", "Template RBAC is a Premium feature")]
    [InlineData("scim", "SCIM is a Premium feature")]
    [InlineData("ai_governance_user_limit", "AI Governance User Limit is a Premium feature")]
    public async Task The_gate_names_the_feature(string feature, string text)
    {
        using var snapshot = await StrictAsync();

        var refusal = snapshot.Check(feature);

        Assert.Equal(ErrorKind.Forbidden, refusal?.Kind);
        Assert.StartsWith(text, refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_usable_feature_passes_the_gate()
    {
        using var snapshot = await StrictAsync(Samples.Stored(Samples.Terms("premium")));

        Assert.Null(snapshot.Check("custom_roles"));
        Assert.False(snapshot.IsUsable("ai_governance_user_limit"));
    }

    [Fact]
    public async Task The_clock_alone_starts_and_ends_a_license()
    {
        using var snapshot = await StrictAsync(Samples.Stored(Samples.Terms("premium", expiresInDays: 2, graceDays: 1, startsInDays: 1)));
        Assert.False(snapshot.IsUsable("custom_roles"));

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True(snapshot.IsUsable("custom_roles"));

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True(snapshot.IsUsable("custom_roles"));
        Assert.Equal(Entitlement.GracePeriod, snapshot.Compute(new(0, 0)).Features["custom_roles"].Entitlement);

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(snapshot.IsUsable("custom_roles"));
        Assert.Equal(Samples.Now, snapshot.RefreshedAt);
    }

    [Fact]
    public async Task A_license_from_a_clock_that_is_ahead_counts_from_its_issue_on()
    {
        using var snapshot = await StrictAsync(Samples.Stored(Samples.Terms("premium") with { IssuedAt = Samples.Now.AddSeconds(5) }));
        Assert.Contains("issued in the future", Assert.Single(snapshot.Compute(UsageCounts.None).Errors), StringComparison.Ordinal);
        Assert.False(snapshot.IsUsable("custom_roles"));

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(snapshot.IsUsable("custom_roles"));
        Assert.Empty(snapshot.Compute(UsageCounts.None).Errors);
    }

    [Fact]
    public async Task Trap_12_the_public_answer_names_the_license_and_the_cause_and_nothing_else()
    {
        var license = new StoredLicense(Guid.CreateVersion7(), LicenseToken.Verify(Samples.Token(Samples.Terms()), Samples.RingOf()));
        using var snapshot = await StrictAsync(license);

        Assert.Equal([$"License {license.Uuid}: The license is signed with a key that is not trusted."], snapshot.Compute(UsageCounts.None).Errors);
    }

    [Fact]
    public async Task A_read_that_fails_keeps_the_snapshot()
    {
        using var snapshot = await StrictAsync(Samples.Stored(Samples.Terms("premium")));
        _reader.ReadAsync(default, default).ReturnsForAnyArgs(Task.FromException<IReadOnlyList<StoredLicense>>(new InvalidOperationException()));
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => snapshot.RefreshAsync(CancellationToken.None));
        Assert.True(snapshot.IsUsable("custom_roles"));
        Assert.Equal(Samples.Now, snapshot.RefreshedAt);
    }

    [Fact]
    public void Before_the_first_refresh_nothing_is_licensed_and_every_name_is_there()
    {
        using var snapshot = Make("");

        Assert.Equal(27, snapshot.Compute(new(0, 0)).Features.Count);
        Assert.Equal(default, snapshot.RefreshedAt);
        Assert.False(snapshot.IsUsable("custom_roles"));
    }

    [Fact]
    public void By_default_everything_but_limits_is_free()
    {
        using var snapshot = new EntitlementSnapshot(_reader, new CommunityFeatures(Samples.Configuration()), _clock);

        Assert.All(FeatureCatalog.All, feature => Assert.Equal(feature.Kind == FeatureKind.Switch, snapshot.IsUsable(feature.Name)));
    }

    [Theory]
    [InlineData("Entitlements:CommunityFeatures", "custom_roles, scim")]
    [InlineData("Entitlements:CommunityFeatures:0", "custom_roles")]
    public void Some_features_may_be_free(string key, string value)
    {
        using var snapshot = new EntitlementSnapshot(_reader, new CommunityFeatures(Samples.Configuration((key, value))), _clock);

        Assert.True(snapshot.IsUsable("custom_roles"));
        Assert.False(snapshot.IsUsable("multiple_organizations"));
    }

    [Theory]
    [InlineData("ai_governance_user_limit")]
    [InlineData("no_such_feature")]
    public void A_limit_or_an_unknown_name_cannot_be_free(string name) =>
        Assert.Throws<SettingException>(() => new CommunityFeatures(Samples.Configuration(("Entitlements:CommunityFeatures", name))));

    private EntitlementSnapshot Make(string community) =>
        new(_reader, new CommunityFeatures(Samples.Configuration(("Entitlements:CommunityFeatures", community))), _clock);

    private async Task<EntitlementSnapshot> StrictAsync(params StoredLicense[] licenses)
    {
        _reader.ReadAsync(Samples.Now, CancellationToken.None).ReturnsForAnyArgs(licenses);
        var snapshot = Make("");
        await snapshot.RefreshAsync(CancellationToken.None);
        return snapshot;
    }
}
