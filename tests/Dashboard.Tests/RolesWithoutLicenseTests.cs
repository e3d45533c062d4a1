using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests;

/// <summary>Strict deployments: without the feature custom roles are read only, and the page says so.</summary>
public sealed class RolesWithoutLicenseTests
{
    [Fact]
    public async Task The_page_says_that_custom_roles_need_a_license_and_offers_nothing()
    {
        await using var scenario = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        using var client = new HttpClient { BaseAddress = scenario.Server.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{SessionCookieNames.Session}={scenario.Owner.Token}");
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var list = await client.GetStringAsync("/organizations/main/roles");
        Assert.Contains("id=\"custom-roles-unlicensed\"", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/licenses\"", list, StringComparison.Ordinal);
        Assert.Contains("Organization Auditor", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/roles/new", list, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await client.GetAsync("/organizations/main/roles/new")).StatusCode);
    }
}
