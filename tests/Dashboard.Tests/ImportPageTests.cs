using System.Text;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>People from a file: what would happen first, then the real thing, with script and without.</summary>
[Collection(PagesCollection.Name)]
public sealed class ImportPageTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_looked_at_and_then_imported(bool script)
    {
        await using var visit = await site.OpenAsync("/users", options: new(Script: script));
        var (one, two) = (site.Unique("import"), site.Unique("import"));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Import users" }).ClickAsync();
        await ChooseAsync(visit, $"email,username,roles\n{one}@example.com,{one},\n{two}@example.com,{two},nonsense\nowner@example.com,,\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync("This would create 1, add 0 and leave 1 as they are; refused: 1.");
        await Expect(visit.Page.Locator("#import-rows tbody tr").First).ToContainTextAsync("roles:");
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/users/{one}")).Code);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync("Created 1, added 0, left 1 as they are; refused: 1.");
        Assert.Equal("dormant", (await site.Scenario.Owner.GetAsync($"/users/{one}"))["status"]!.GetValue<string>());
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/users/{two}")).Code);
    }

    [SkippableFact]
    public async Task Members_are_imported_on_their_page_and_a_file_is_asked_for()
    {
        await using var visit = await site.OpenAsync("/organizations/main/members");
        var name = site.Unique("joins");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Import members" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync();
        await Expect(visit.Page.Locator("main [role=alert]")).ToContainTextAsync("Choose a file.");
        await ChooseAsync(visit, $"{{\"email\":\"{name}@example.com\"}}\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToContainTextAsync("Created 1, added 0");
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/organizations/main/members/{name}")).Code);
    }

    private static Task ChooseAsync(Visit visit, string text) => visit.Page.Locator("#file").SetInputFilesAsync(
        new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
}
