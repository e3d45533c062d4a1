using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The navigation marks the entry of the current page, and keeps it in view however narrow or low the window is.</summary>
[Collection(SiteCollection.Name)]
public sealed class NavigationTests(Site site)
{
    private const string InView =
        """
        () => {
          const [entry, side] = [document.querySelector('nav.side [aria-current]'), document.querySelector('nav.side')].map(one => one.getBoundingClientRect());
          return entry.left >= side.left - 1 && entry.right <= side.right + 1 && entry.top >= side.top - 1 && entry.bottom <= side.bottom + 1 && entry.right <= innerWidth && scrollY === 0;
        }
        """;

    [SkippableTheory]
    [InlineData(true, 360, 740)]
    [InlineData(false, 360, 740)]
    [InlineData(true, 1280, 300)]
    public async Task The_current_entry_is_in_view_on_load(bool script, int width, int height)
    {
        await using var visit = await site.OpenAsync("/users", options: new(Script: script, Width: width, Height: height));
        foreach (var (path, text) in new[] { ("/users", "Users"), ("/licenses", "Licenses"), ("/organizations/main/members", "Members"), ("/organizations/main/roles", "Roles") })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("nav.side [aria-current]")).ToHaveTextAsync(text);
            Assert.True(await visit.Page.EvaluateAsync<bool>(InView), $"{text} is out of view");
        }
    }

    [SkippableFact]
    public async Task It_stays_in_view_when_the_page_is_swapped()
    {
        await using var visit = await site.OpenAsync("/organizations/main/roles", options: new(Width: 360, Height: 740));
        await visit.Page.Locator("nav.presets a").Last.ClickAsync();
        await Expect(visit.Page.Locator("nav.presets a").Last).ToHaveAttributeAsync("aria-current", "true");
        Assert.True(await visit.Page.EvaluateAsync<bool>(InView));
    }

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
