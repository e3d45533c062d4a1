using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Who holds AI seats.</summary>
[Collection(PagesCollection.Name)]
public sealed class SeatPageTests(Site site)
{
    [SkippableFact]
    public async Task Everybody_with_a_use_is_listed_with_the_reason_why_they_count_or_not()
    {
        await using var visit = await site.OpenAsync("/");
        var prefix = site.Unique("sit");
        var (holder, suspended, bot) = ($"{prefix}-holder", $"{prefix}-gone", $"{prefix}-bot");
        await site.Scenario.CreateUserAsync(holder);
        await site.Scenario.CreateUserAsync(suspended);
        var created = await site.Scenario.Owner.PostAsync("/users", new { username = bot, service_account = true, user_status = "active", organization_ids = new[] { site.Scenario.OrganizationId } });
        Assert.Equal(201, created.Code);
        await Seats.UseAsync(site.Scenario, [await IdAsync(holder), await IdAsync(suspended), await IdAsync(bot)]);
        await site.Scenario.Owner.PutAsync($"/users/{suspended}/status/suspend");
        await Seats.GrantAsync(site.Scenario, 1000);
        await visit.Page.GotoAsync($"/ai-seats?filter={prefix}");
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("Showing 1–3 of 3 people");
        await Expect(visit.Page.Locator($"#seat-{holder}")).ToContainTextAsync("In use");
        await Expect(visit.Page.Locator($"#seat-{holder}")).ToContainTextAsync("anthropic, claude-sonnet-4");
        await Expect(visit.Page.Locator($"#seat-{suspended}")).ToContainTextAsync("suspended, counts when active again");
        await Expect(visit.Page.Locator($"#seat-{bot} .tag")).ToHaveTextAsync("Service account");
        await Seats.RevokeAsync(site.Scenario);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator($"#seat-{holder}")).ToContainTextAsync("no license for AI seats");
        await Expect(visit.Page.Locator(".alert")).ToContainTextAsync("No license includes AI seats");
    }

    [SkippableFact]
    public async Task N_05_why_opens_the_explanation_and_gives_the_focus_back()
    {
        await using var visit = await site.OpenAsync("/");
        var person = await UserAsync();
        await visit.Page.GotoAsync($"/ai-seats?filter={person}");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^Why {person} holds") }).PressAsync("Enter");
        await Expect(visit.Dialog).ToContainTextAsync(person);
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal($"why-{person}", await visit.FocusAsync());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task N_06_N_07_search_pages_and_both_kinds_of_empty(bool script)
    {
        await using var visit = await site.OpenAsync("/", options: new(Script: script));
        var prefix = site.Unique(script ? "many" : "lots");
        for (var i = 0; i < 11; i++)
            await UserAsync($"{prefix}-{i}");
        await visit.Page.GotoAsync("/ai-seats?size=10");
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync(prefix);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArrivesAsync($"filter={prefix}");
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("Showing 1–10 of 11 people");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("Showing 11–11 of 11 people");
        Assert.Equal($"/ai-seats?filter={prefix}&page=2&size=10", visit.Path);
        await visit.Page.GotoAsync($"/ai-seats?filter={prefix}-nobody");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nobody matches" })).ToBeVisibleAsync();
        await visit.Page.Locator(".empty").GetByRole(AriaRole.Link, new() { Name = "Clear search" }).ClickAsync();
        await Expect(visit.Page.Locator("#seats")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task N_11_the_file_holds_what_the_search_shows_and_no_formula()
    {
        await using var visit = await site.OpenAsync("/");
        var person = await UserAsync();
        await UserAsync();
        await site.Scenario.Server.SqlAsync($"update members.users set name = '=1+1,\"x\"' where username = '{person}'");
        await visit.Page.GotoAsync($"/ai-seats?filter={person}");
        var href = await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).GetAttributeAsync("href");
        var answer = await visit.Page.APIRequest.GetAsync(href!);
        Assert.StartsWith("text/csv", answer.Headers["content-type"], StringComparison.Ordinal);
        var lines = (await answer.TextAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.Contains($",{person},\"'=1+1", lines[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task N_09_an_unknown_key_is_named_at_the_search_box()
    {
        await using var visit = await site.OpenAsync("/ai-seats?filter=colour:red");
        var box = visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" });
        await Expect(box).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(box).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("colour: Not a known search key."));
        await Expect(box).ToHaveValueAsync("colour:red");
    }

    [SkippableFact]
    public async Task N_03_N_04_cells_match_headers_and_every_action_has_a_name_of_its_own()
    {
        await using var visit = await site.OpenAsync("/");
        await UserAsync();
        await UserAsync();
        await visit.Page.GotoAsync("/ai-seats");
        var headers = await visit.Page.Locator("#seats thead th").CountAsync();
        foreach (var row in await visit.Page.Locator("#seats tbody tr").AllAsync())
            Assert.Equal(headers, await row.Locator("> *").CountAsync());
        var names = await visit.Page.Locator("#seats a").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label') || one.textContent.trim())");
        Assert.True(names.Length >= 2);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private async Task<string> UserAsync(string? name = null)
    {
        name ??= site.Unique("user");
        await Seats.UseAsync(site.Scenario, [await site.Scenario.CreateUserAsync(name)]);
        return name;
    }

    private Task<Guid> IdAsync(string username) => Seats.IdOfAsync(site.Scenario, username);
}
