using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>People brought in by a file (contract 7.2): looked at first, then imported, with its progress where there is script.</summary>
[Collection(SiteCollection.Name)]
public sealed class ImportPageTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_looked_at_imported_and_changes_nothing_the_second_time(bool script)
    {
        await using var visit = await site.OpenAsync("/users/import", options: new(Script: script));
        var mark = site.Unique("brought");
        var rows = script ? 2_000 : 3;
        var file = Csv(Enumerable.Range(1, rows).Select(n => $"{mark}-{n}@example.com,{mark}-{n}").Append("no address,x"));
        await LookAsync(visit, file);
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync($"This would create {rows:N0}, add 0, leave 0 as they are and refuse 1.");
        await Expect(visit.Page.Locator("#import-rows tbody tr").First).ToContainTextAsync("email");
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/users/{mark}-1")).Code);

        if (script)
            await visit.Page.EvaluateAsync("() => { window.told = []; new MutationObserver(() => told.push(document.querySelector('[data-line]').textContent)).observe(document.querySelector('[data-line]'), { childList: true }); }");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync($"Created {rows:N0}, added 0, left 0 as they are, refused 1.", new() { Timeout = 120_000 });
        if (script)
        {
            var told = await visit.Page.EvaluateAsync<string[]>("() => window.told");
            Assert.True(told.Length > 1, "the progress is told on the way");
            Assert.Equal($"{rows + 1:N0} of {rows + 1:N0} rows", told[^1]);
        }
        Assert.Equal($"{mark}-{rows}@example.com", (await site.Scenario.Owner.GetAsync($"/users/{mark}-{rows}"))["email"]!.GetValue<string>());

        await visit.Page.GotoAsync("/users/import");
        await LookAsync(visit, file);
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync($"This would create 0, add 0, leave {rows:N0} as they are and refuse 1.");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_lost_connection_says_so_and_the_file_may_be_sent_again()
    {
        await using var visit = await site.OpenAsync("/users/import");
        var mark = site.Unique("again");
        await LookAsync(visit, Csv([$"{mark}@example.com,{mark}"]));
        await visit.Page.RouteAsync("**/api/v2/users/import", route => route.AbortAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(new Regex("server|connection", RegexOptions.IgnoreCase));
        await visit.Page.UnrouteAsync("**/api/v2/users/import");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync("Created 1, added 0, left 0 as they are, refused 0.");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_of_an_organization_come_the_same_way(bool script)
    {
        await using var visit = await site.OpenAsync("/organizations/main/members/import", options: new(Script: script));
        var mark = site.Unique("joining");
        await LookAsync(visit, Csv([$"{mark}@example.com,{mark}"]));
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync("This would create 1, add 0, leave 0 as they are and refuse 0.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#import-sums")).ToHaveTextAsync("Created 1, added 0, left 0 as they are, refused 0.");
        await visit.Page.GotoAsync($"/organizations/main/members?filter={mark}");
        await Expect(visit.Row(mark)).ToHaveCountAsync(1);
    }

    private static byte[] Csv(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend("email,username")));

    private static async Task LookAsync(Visit visit, byte[] file)
    {
        await visit.Page.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = file });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See what would happen" }).ClickAsync();
    }
}
