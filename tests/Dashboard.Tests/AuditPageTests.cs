using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The audit log: who did what, when, to which thing, and how it ended.</summary>
[Collection(PagesCollection.Name)]
public sealed class AuditPageTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filters_stand_in_the_address_and_a_row_unfolds_to_what_changed(bool script)
    {
        await using var visit = await site.OpenAsync("/", options: new(Script: script));
        var name = site.Unique(script ? "traced" : "listed");
        var id = await site.Scenario.CreateUserAsync(name);
        await site.Scenario.Owner.PutAsync($"/users/{id}/profile", new { username = name, name = "New Name" });
        await visit.Page.GotoAsync("/audit");
        await visit.Page.GetByLabel("Which").FillAsync(name);
        await visit.Page.GetByLabel("Which").PressAsync("Enter");
        await visit.ArrivesAsync($"filter=resource_target%3A{name}");
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("2 rows");

        var row = visit.Page.Locator("#audit tbody tr").First;
        await Expect(row.Locator(".diff")).ToBeHiddenAsync();
        await row.Locator("summary").ClickAsync();
        await Expect(row.Locator(".diff")).ToContainTextAsync("New Name");
        await Expect(row.Locator(".diff del")).ToHaveTextAsync($"User {name}");
        await row.GetByRole(AriaRole.Link, new() { Name = id.ToString() }).ClickAsync();
        await visit.ArrivesAsync($"filter=resource_id%3A{id}");
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("2 rows");
    }

    [SkippableFact]
    public async Task A_bad_search_says_what_is_wrong_and_keeps_what_was_typed()
    {
        await using var visit = await site.OpenAsync("/audit?filter=action:dance+resource_id:7");
        await Expect(visit.Page.Locator("#search-complaint")).ToContainTextAsync("resource_id: Must be a uuid.");
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("resource_id:7");
        await Expect(visit.Page.GetByLabel("What", new() { Exact = true })).ToHaveValueAsync("dance");
    }

    [SkippableTheory]
    [InlineData("/users", "resource_type:user")]
    [InlineData("/organizations", "resource_type:organization")]
    [InlineData("/organizations/main/roles", "resource_type:custom_role organization:main")]
    [InlineData("/organizations/main/members", "resource_type:organization_member organization:main")]
    [InlineData("/organizations/main/settings", "organization:main")]
    [InlineData("/organizations/main/groups", "resource_type:group organization:main")]
    [InlineData("/licenses", "resource_type:license")]
    public async Task The_pages_of_things_lead_to_their_history(string path, string filter)
    {
        await using var visit = await site.OpenAsync(path);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await visit.ArrivesAsync($"/audit.filter={Uri.EscapeDataString(filter)}$");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Audit log" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task The_whole_log_is_a_file()
    {
        await using var visit = await site.OpenAsync("/audit?filter=action:login");
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Equal("audit-logs.csv", file.SuggestedFilename);
        Assert.Contains("owner signed in", await File.ReadAllTextAsync((await file.PathAsync())!), StringComparison.Ordinal);
    }
}
