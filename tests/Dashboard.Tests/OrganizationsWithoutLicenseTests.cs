using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests;

/// <summary>Strict deployments: without the feature organizations are read only, and the pages say so.</summary>
public sealed class OrganizationsWithoutLicenseTests
{
    [Fact]
    public async Task The_list_says_that_more_organizations_need_a_license_and_offers_nothing()
    {
        await using var scenario = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        using var client = Client(scenario, scenario.Owner);
        var list = await client.GetStringAsync("/organizations");
        Assert.Contains("id=\"organizations-unlicensed\"", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/licenses\"", list, StringComparison.Ordinal);
        Assert.Contains("/organizations/main/members", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/organizations/new", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/organizations/main/settings", list, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await client.GetAsync("/organizations/new")).StatusCode);
        Assert.Equal(403, (int)(await client.GetAsync("/organizations/main/settings")).StatusCode);

        // Who could not create one anyway is not bothered.
        var (_, member) = await scenario.AddAsync("member");
        using var theirs = Client(scenario, member);
        Assert.DoesNotContain("organizations-unlicensed", await theirs.GetStringAsync("/organizations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_custom_roles_the_settings_say_that_default_roles_are_fixed()
    {
        await using var scenario = await Scenario.StartAsync(("Entitlements:CommunityFeatures:0", "multiple_organizations"));
        using var client = Client(scenario, scenario.Owner);
        Assert.Contains("can be saved is back to: Organization Workspace Access.", await client.GetStringAsync("/organizations/main/settings"), StringComparison.Ordinal);
    }

    private static HttpClient Client(Scenario scenario, ApiClient who)
    {
        var client = new HttpClient { BaseAddress = scenario.Server.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{SessionCookieNames.Session}={who.Token}");
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }
}
