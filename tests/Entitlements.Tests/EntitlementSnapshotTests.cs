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
    public void By_default_everything_that_a_module_implements_is_free_but_limits()
    {
        using var snapshot = new EntitlementSnapshot(_reader, Samples.Community(), _clock);

        Assert.Equal(["custom_roles", "multiple_organizations", "aibridge"], FeatureCatalog.All.Select(feature => feature.Name).Where(snapshot.IsUsable));
        Assert.Equal(Entitlement.NotEntitled, snapshot.Compute(UsageCounts.None).Features["scim"].Entitlement);
    }

    [Fact]
    public async Task A_license_entitles_to_what_is_not_here_and_enables_it_not()
    {
        using var snapshot = await StrictAsync(Samples.Stored(Samples.Terms("premium", expiresInDays: -1)));
        var entitlements = snapshot.Compute(UsageCounts.None);

        Assert.Equal(new Feature(Entitlement.GracePeriod, false), entitlements.Features["scim"]);
        Assert.Equal(new Feature(Entitlement.GracePeriod, true), entitlements.Features["custom_roles"]);
        Assert.False(snapshot.IsUsable("scim"));
        Assert.DoesNotContain(entitlements.Warnings, warning => warning.StartsWith("SCIM", StringComparison.Ordinal));
        Assert.Contains(entitlements.Warnings, warning => warning.StartsWith("Custom Roles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Entitlements:CommunityFeatures", "custom_roles, aibridge")]
    [InlineData("Entitlements:CommunityFeatures:0", "custom_roles")]
    public void Some_features_may_be_free(string key, string value)
    {
        using var snapshot = new EntitlementSnapshot(_reader, Samples.Community((key, value)), _clock);

        Assert.True(snapshot.IsUsable("custom_roles"));
        Assert.False(snapshot.IsUsable("multiple_organizations"));
    }

    [Theory]
    [InlineData("ai_governance_user_limit", "is a limit, which needs a license")]
    [InlineData("no_such_feature", "is no feature")]
    [InlineData("scim", "is a feature that no module of this server implements")]
    public void A_limit_an_unknown_name_and_what_nobody_implements_cannot_be_free(string name, string cause)
    {
        var refusal = Assert.Throws<SettingException>(Samples.Community(("Entitlements:CommunityFeatures", name)).Check);
        Assert.StartsWith($"Entitlements__CommunityFeatures: \"{name}\" {cause}.", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(": custom_roles, multiple_organizations, aibridge.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_declares_features_of_the_catalog() =>
        Assert.Throws<InvalidOperationException>(new CommunityFeatures(Samples.Configuration(), [new("stray", typeof(Samples).Assembly, "warp_drive")]).Check);

    private EntitlementSnapshot Make(string community) =>
        new(_reader, Samples.Community(("Entitlements:CommunityFeatures", community)), _clock);

    private async Task<EntitlementSnapshot> StrictAsync(params StoredLicense[] licenses)
    {
        _reader.ReadAsync(Samples.Now, CancellationToken.None).ReturnsForAnyArgs(licenses);
        var snapshot = Make("");
        await snapshot.RefreshAsync(CancellationToken.None);
        return snapshot;
    }
}
