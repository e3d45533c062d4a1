using Microsoft.Extensions.DependencyInjection;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Warnings over HTTP are as live as <c>actual</c>: no refresh happens in these tests (specification 1.8 and 4.1).</summary>
public sealed class EntitlementWarningTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>, IAsyncLifetime
{
    private readonly List<Guid> _people = [];

    private Scenario Scenario => fixture.Scenario;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var person in _people)
            Assert.Equal(200, (await Scenario.Owner.DeleteAsync($"/users/{person}")).Code);
        await Licenses.ClearAsync(Scenario.Owner);
    }

    [Fact]
    public async Task Seats_are_fine_then_near_then_full_then_over()
    {
        await GrantAsync(Licenses.Seats(10));
        await UseAsync(8);
        await AssertAsync(8);
        await UseAsync(1);
        await AssertAsync(9, "AI seats are near the limit: 90 percent of them are used.");
        await UseAsync(1);
        await AssertAsync(10, "AI seats are near the limit: 100 percent of them are used.");
        var last = await UseAsync(1);
        await AssertAsync(11, "AI seats are over the limit: 11 are used, 10 are licensed, 1 too many.");

        // Nothing is blocked, and taking the status away frees the seat at once.
        Assert.True((await Scenario.Owner.GetAsync($"/users/{last}"))["has_ai_seat"]!.GetValue<bool>());
        Assert.Equal(200, (await Scenario.Owner.PutAsync($"/users/{last}/status/suspend")).Code);
        await AssertAsync(10, "AI seats are near the limit: 100 percent of them are used.");
    }

    [Fact]
    public async Task In_grace_the_end_of_the_license_is_announced_before_the_level()
    {
        await UseAsync(2);
        await GrantAsync(Licenses.Seats(1) with { LicenseExpires = Licenses.Now.AddDays(-1), NotBefore = Licenses.Now.AddDays(-2) });
        await AssertAsync(
            2,
            "The license for AI seats has expired: 2 are used, it allowed 1.",
            "AI seats are over the limit: 2 are used, 1 are licensed, 1 too many.");
    }

    [Fact]
    public async Task Too_many_users_are_announced_at_once_and_service_accounts_are_none()
    {
        await GrantAsync(Licenses.Seats(0) with { Features = new Dictionary<string, long> { [FeatureNames.UserLimit] = 2 } });
        _people.Add(await Scenario.CreateUserAsync("second"));
        var robot = await Scenario.Owner.PostAsync("/users", new { username = "robot", service_account = true, user_status = "active", organization_ids = new[] { Scenario.OrganizationId } });
        Assert.Equal(201, robot.Code);
        Assert.Empty(await WarningsAsync());
        _people.Add(await Scenario.CreateUserAsync("third"));
        Assert.Equal(["Too many active users: 3 are active, the license allows 2."], await WarningsAsync());
        Assert.Equal(3, (await FeatureAsync(FeatureNames.UserLimit))["actual"]!.GetValue<long>());
    }

    [Fact]
    public async Task Leftover_seats_without_the_feature_say_nothing()
    {
        await UseAsync(3);
        await GrantAsync(Licenses.Seats(0) with { FeatureSet = "premium" });
        Assert.Empty(await WarningsAsync());
        var feature = await FeatureAsync(FeatureNames.AiGovernanceUserLimit);
        Assert.Equal(("""{"entitlement":"not_entitled","enabled":false}"""), feature.ToJsonString());
    }

    private async Task AssertAsync(long actual, params string[] warnings)
    {
        Assert.Equal(warnings, await WarningsAsync());
        Assert.Equal(actual, (await FeatureAsync(FeatureNames.AiGovernanceUserLimit))["actual"]!.GetValue<long>());
    }

    /// <summary>The warnings of the answer, which are those that the host sends as headers.</summary>
    private async Task<IReadOnlyList<string>> WarningsAsync()
    {
        var answered = (await Scenario.Anonymous().GetAsync("/entitlements"))["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()).ToList();
        Assert.Equal(answered, await Scenario.Server.Services.GetRequiredService<IEntitlementWarnings>().CurrentAsync(CancellationToken.None));
        return answered;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> FeatureAsync(string name) =>
        (await Scenario.Anonymous().GetAsync("/entitlements"))["features"]![name]!;

    // The term is long enough that its end is not announced.
    private async Task GrantAsync(LicenseTerms terms)
    {
        var far = Licenses.Now.AddDays(300);
        var lasting = terms with { LicenseExpires = terms.LicenseExpires < Licenses.Now ? terms.LicenseExpires : far, Expires = far };
        Assert.Equal(201, (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(lasting))).Code);
    }

    private async Task<Guid> UseAsync(int people)
    {
        var last = Guid.Empty;
        for (var i = 0; i < people; i++)
        {
            _people.Add(last = await Scenario.CreateUserAsync($"user-{Guid.CreateVersion7().ToString("n")[20..]}"));
            SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(last)), 1, 0);
        }

        return last;
    }
}
