using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>What the clock alone changes, on a server whose clock the test moves.</summary>
public sealed class LicenseClockTests(LicenseClockTests.Clocked server) : IClassFixture<LicenseClockTests.Clocked>, IAsyncLifetime
{
    private Scenario Scenario => server.Scenario;

    private DateTimeOffset Now => server.Clock.GetUtcNow();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Licenses.ClearAsync(Scenario.Owner);

    [Fact]
    public async Task A_license_begins_goes_into_grace_and_ends_at_its_second()
    {
        var terms = Seats(10) with
        {
            NotBefore = Now.AddMinutes(2),
            LicenseExpires = Now.AddMinutes(4),
            Expires = Now.AddMinutes(6),
            FeatureSet = "premium",
        };
        Assert.Equal(201, (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(terms))).Code);
        await AssertAsync("not_entitled", enabled: false, hasLicense: false);

        await MoveAsync(TimeSpan.FromMinutes(2), "entitled", true, true);

        // Traps 3 and 13: the grace window is license_expires to exp, and a feature in grace is enabled.
        await MoveAsync(TimeSpan.FromMinutes(2), "grace_period", true, true);
        Assert.NotEqual(403, (await CreateRoleAsync("in-grace")).Code);
        await MoveAsync(TimeSpan.FromMinutes(2), "not_entitled", false, false);
        Assert.Equal(403, (await CreateRoleAsync("too-late")).Code);
        Assert.Single((await Scenario.Owner.GetAsync("/licenses")).Json!.AsArray());
    }

    [Fact]
    public async Task The_end_is_announced_from_thirty_days_on_and_a_follow_on_license_silences_it()
    {
        var terms = Seats(10) with { NotBefore = Now.AddDays(-1), LicenseExpires = Now.AddDays(29).AddHours(1), Expires = Now.AddDays(60) };
        await UploadAsync(terms);
        Assert.Empty(await WarningsAsync());

        server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["The license expires in 29 days."], await WarningsAsync());

        await UploadAsync(terms with { NotBefore = terms.LicenseExpires.AddSeconds(1), LicenseExpires = Now.AddDays(200), Expires = Now.AddDays(200) });
        Assert.Equal(["The license expires in 29 days."], await WarningsAsync());
        await UploadAsync(terms with { NotBefore = terms.LicenseExpires, LicenseExpires = Now.AddDays(200), Expires = Now.AddDays(200) });
        Assert.Empty(await WarningsAsync());
    }

    [Fact]
    public async Task A_refresh_rests_a_minute_and_says_how_long()
    {
        // Trap 10: 200, and 400 with Retry-After rather than 429.
        var rows = await AuditRowsAsync();
        await UploadAsync(Seats(1));
        server.Clock.Advance(TimeSpan.FromSeconds(17.5));
        // The server hears of its own upload, perhaps after the clock was moved: the rest counts from what it answers.
        DateTimeOffset refreshedAt;
        ApiAnswer early;
        do
        {
            refreshedAt = await RefreshedAtAsync();
            early = await Scenario.Owner.PostAsync("/licenses/refresh-entitlements");
        }
        while (await RefreshedAtAsync() != refreshedAt);
        var rest = refreshedAt.AddMinutes(1) - Now;
        Assert.Equal(400, early.Code);
        Assert.Equal($"{Math.Ceiling(rest.TotalSeconds)}", Assert.Single(early.Headers.GetValues("Retry-After")));
        Assert.Contains($"{Math.Ceiling(rest.TotalSeconds)} seconds", early["message"]!.GetValue<string>(), StringComparison.Ordinal);

        server.Clock.Advance(rest);
        var (_, member) = await Scenario.AddAsync("no-refresher");
        Assert.Equal(403, (await member.PostAsync("/licenses/refresh-entitlements")).Code);
        var refreshed = await Scenario.Owner.PostAsync("/licenses/refresh-entitlements");
        Assert.Equal(200, refreshed.Code);
        Assert.NotEmpty(refreshed["message"]!.GetValue<string>());
        Assert.Equal(Now, (await EntitlementsAsync())["refreshed_at"]!.GetValue<DateTimeOffset>());
        Assert.Equal(400, (await Scenario.Owner.PostAsync("/licenses/refresh-entitlements")).Code);

        // A forced refresh writes no audit row, an upload one.
        Assert.Equal(rows + 1, await AuditRowsAsync());
    }

    private async Task<DateTimeOffset> RefreshedAtAsync() => (await EntitlementsAsync())["refreshed_at"]!.GetValue<DateTimeOffset>();

    private async Task<long> AuditRowsAsync() =>
        (long)(await Scenario.Server.SqlAsync("select count(*) from platform.audit_logs where resource_type = 'license'"))!;

    private LicenseTerms Seats(long seats) => Licenses.Seats(seats) with { IssuedAt = Now };

    private async Task MoveAsync(TimeSpan time, string entitlement, bool enabled, bool hasLicense)
    {
        var before = await EntitlementsAsync();
        server.Clock.Advance(time - TimeSpan.FromSeconds(1));
        var almost = await EntitlementsAsync();
        Assert.Equal(SeatsOf(before)["entitlement"]!.ToString(), SeatsOf(almost)["entitlement"]!.ToString());
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertAsync(entitlement, enabled, hasLicense);

        // The boundary needs no refresh.
        Assert.Equal(before["refreshed_at"]!.ToString(), (await EntitlementsAsync())["refreshed_at"]!.ToString());
    }

    private async Task AssertAsync(string entitlement, bool enabled, bool hasLicense)
    {
        var answer = await EntitlementsAsync();
        foreach (var feature in new[] { FeatureNames.AiGovernanceUserLimit, FeatureNames.CustomRoles })
            Assert.Equal((entitlement, enabled), (answer["features"]![feature]!["entitlement"]!.GetValue<string>(), answer["features"]![feature]!["enabled"]!.GetValue<bool>()));
        Assert.Equal(hasLicense, answer["has_license"]!.GetValue<bool>());
        Assert.Equal(27, answer["features"]!.AsObject().Count);
    }

    private static JsonNode SeatsOf(JsonNode answer) => answer["features"]![FeatureNames.AiGovernanceUserLimit]!;

    private async Task UploadAsync(LicenseTerms terms) => Assert.Equal(201, (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(terms))).Code);

    private Task<ApiAnswer> CreateRoleAsync(string name) =>
        Scenario.Owner.PostAsync($"/organizations/{Scenario.OrganizationId}/members/roles", new { name });

    private async Task<JsonNode> EntitlementsAsync() => (await Scenario.Anonymous().GetAsync("/entitlements")).Json!;

    private async Task<IEnumerable<string>> WarningsAsync() =>
        (await EntitlementsAsync())["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>());

    /// <summary>A strict server and its clock, which starts at a whole second, as the claims are.</summary>
    public sealed class Clocked : IAsyncLifetime
    {
        public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(Licenses.Now.ToUnixTimeSeconds()));

        public Scenario Scenario { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Scenario = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(Clock), ("Entitlements:CommunityFeatures", ""));

        public async Task DisposeAsync() => await Scenario.DisposeAsync();
    }
}
