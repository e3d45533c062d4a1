using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The place that the navigation marks.</summary>
[Collection(SiteCollection.Name)]
public sealed class NavigationTests(Site site)
{
    [SkippableTheory]
    [InlineData("main")]
    [InlineData("MAIN")]
    [InlineData("default")]
    [InlineData(null)]
    public async Task The_entry_of_the_organization_is_marked_whatever_the_address_calls_it(string? reference)
    {
        await using var visit = await site.OpenAsync("/organizations");
        await Expect(visit.Page.Locator("nav.side [aria-current=page]")).ToHaveTextAsync("Organizations");
        foreach (var (page, entry) in new[] { ("members", "Members"), ("members/add", "Members"), ("roles", "Roles"), ("settings", "Settings") })
        {
            await visit.Page.GotoAsync($"/organizations/{reference ?? site.Scenario.OrganizationId.ToString()}/{page}");
            await Expect(visit.Page.Locator("nav.side [aria-current=page]")).ToHaveTextAsync(entry);
        }
    }
}
