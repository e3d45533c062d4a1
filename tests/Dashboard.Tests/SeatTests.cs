using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The AI add-on column, its gate and the summary (dashboard specification 8.4).</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class SeatTests(Site site)
{
    [SkippableTheory]
    [InlineData("/users")]
    [InlineData("/organizations/main/members")]
    public async Task N_01_UT_02_UT_04_the_column_appears_exactly_while_the_feature_is_usable(string path)
    {
        await using var visit = await site.OpenAsync(path);
        var (holder, other) = (await site.PersonAsync("holder"), await site.PersonAsync("other"));
        await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, holder)]);
        await Seats.RevokeAsync(site.Scenario);
        await AssertColumnAsync(false, "no license");
        await Seats.GrantAsync(site.Scenario, 10, feature: "user_limit");
        await AssertColumnAsync(false, "not entitled");
        await Seats.GrantAsync(site.Scenario, 10);
        await AssertColumnAsync(true, "entitled");
        await Expect(visit.Row(holder)).ToContainTextAsync("In use");
        await Expect(visit.Row(holder)).ToContainTextAsync("last used 3 h ago");
        await Expect(visit.Row(other)).ToContainTextAsync("Not in use");
        await Seats.GrantAsync(site.Scenario, 10, expiredDays: 1);
        await AssertColumnAsync(true, "grace period");
        await Expect(visit.Page.Locator("#seat-summary")).ToContainTextAsync("grace period");
        await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, "owner"), await Seats.IdOfAsync(site.Scenario, other)]);
        await Seats.GrantAsync(site.Scenario, 1);
        await AssertColumnAsync(true, "over the limit");
        await Seats.GrantAsync(site.Scenario, 0);
        await AssertColumnAsync(false, "a limit of 0 does not enable the feature");

        async Task AssertColumnAsync(bool shown, string reason)
        {
            await visit.Page.GotoAsync($"{path}?size=100");
            var headers = visit.Page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new("AI add-on") });
            Assert.True(await headers.CountAsync() == (shown ? 1 : 0), reason);
            Assert.Equal(shown ? 1 : 0, await visit.Page.Locator("#filter-seat").CountAsync());
            Assert.Equal(shown ? 1 : 0, await visit.Page.Locator("#seat-summary").CountAsync());
            Assert.Equal(shown ? 1 : 0, await visit.Page.GetByRole(AriaRole.Link, new() { Name = "AI add-on users" }).CountAsync());
            await AssertSameCellsAsync(visit);
        }
    }

    [SkippableFact]
    public async Task N_02_levels_of_the_summary()
    {
        await using var visit = await site.OpenAsync("/users");
        var people = await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ => await Seats.IdOfAsync(site.Scenario, await site.PersonAsync("seat"))));
        await Seats.UseAsync(site.Scenario, people);
        await Seats.GrantAsync(site.Scenario, 1000);
        var actual = (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();
        Assert.True(actual >= 9);
        await AssertLevelAsync((actual * 100 / 89) + 1, "ok", "free");
        await AssertLevelAsync(actual + 1, actual * 10 >= (actual + 1) * 9 ? "near" : "ok", "free");
        await AssertLevelAsync(actual, "full", "full");
        await AssertLevelAsync(actual - 1, "over", "over by 1");

        async Task AssertLevelAsync(long limit, string level, string words)
        {
            await Seats.GrantAsync(site.Scenario, limit);
            await visit.Page.GotoAsync("/users");
            var summary = visit.Page.Locator("#seat-summary");
            await Expect(summary.Locator("[data-level]")).ToHaveAttributeAsync("data-level", level);
            await Expect(summary.Locator("[data-level]")).ToContainTextAsync(words);
            await Expect(summary).ToContainTextAsync($"{actual} of {limit} in use");
        }
    }

    [SkippableFact]
    public async Task The_help_of_the_column_opens_and_closes_by_keyboard()
    {
        await using var visit = await LicensedAsync("/users");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "What is “AI add-on”?" }).FocusAsync();
        await Expect(visit.Page.Locator("#help-seat")).ToBeHiddenAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("#help-seat")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#help-seat")).ToContainTextAsync(
            "Users with access to AI features like AI Bridge, Boundary, or Tasks who are actively consuming a seat.");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator("#help-seat")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task The_filter_and_the_summary_lead_to_the_holders_and_the_last_use_to_the_reasons()
    {
        await using var visit = await LicensedAsync("/users");
        var (holder, other) = (await site.PersonAsync("holds"), await site.PersonAsync("holdsnot"));
        await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, holder)]);
        await visit.Page.GotoAsync("/users?size=100");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show who holds seats" }).ClickAsync();
        await Expect(visit.Row(holder)).ToHaveCountAsync(1);
        await Expect(visit.Row(other)).ToHaveCountAsync(0);
        await visit.Page.Locator($"#seat-{holder}").ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("AI Bridge");
        await Expect(visit.Dialog).ToContainTextAsync("anthropic, claude-sonnet-4");
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal($"seat-{holder}", await visit.FocusAsync());
    }

    [SkippableFact]
    public async Task Suspending_a_holder_says_that_the_seat_becomes_free()
    {
        await using var visit = await LicensedAsync("/users");
        var holder = await site.PersonAsync("frees");
        await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, holder)]);
        await visit.Page.GotoAsync($"/users?filter={holder}@example.com");
        await visit.ChooseAsync(holder, "Suspend…");
        await Expect(visit.Dialog).ToContainTextAsync("They hold an AI seat: it becomes free at once.");
        await visit.ConfirmAsync("Suspend");
        await Expect(visit.Row(holder)).ToContainTextAsync("Not in use");
    }

    /// <summary>N-03: header and body have the same number of cells.</summary>
    internal static async Task AssertSameCellsAsync(Visit visit)
    {
        var counts = await visit.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('#people tr')].map(row => row.children.length)");
        Assert.True(counts.Length > 1);
        Assert.Single(counts.Distinct());
    }

    private async Task<Visit> LicensedAsync(string path)
    {
        Chromium.Require();
        await Seats.GrantAsync(site.Scenario, 500);
        return await site.OpenAsync(path);
    }
}
