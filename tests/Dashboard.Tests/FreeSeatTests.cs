using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Which seats can be freed (contract 7.2, idle and what-if): before, after, and by a limit of a renewal.</summary>
[Collection(PagesCollection.Name)]
public sealed class FreeSeatTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Idle_holders_are_two_clicks_away_and_freed_with_the_numbers_before_and_after(bool script)
    {
        await using var visit = await site.OpenAsync("/", options: new(Script: script));
        var (idle, busy) = (await HolderAsync(40), await HolderAsync(0));
        await Seats.GrantAsync(site.Scenario, 1000);
        var actual = (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();
        await visit.Page.GotoAsync("/users");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "AI seats", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Idle for 30 days" }).ClickAsync();
        await visit.ArrivesAsync("ai-seat-idle");
        await Expect(visit.Page.Locator($"#seat-{idle}")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator($"#seat-{busy}")).ToHaveCountAsync(0);

        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {idle}" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Free seats" }).ClickAsync();
        await Expect(visit.Page.Locator("#now")).ToHaveTextAsync($"{actual:N0} of 1,000 in use, {1000 - actual:N0} free");
        await Expect(visit.Page.Locator("#then")).ToHaveTextAsync($"{actual - 1:N0} of 1,000 in use, {1001 - actual:N0} free");
        await Expect(visit.Page.Locator("#freed")).ToHaveTextAsync(idle);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#after")).ToContainTextAsync($"Now: {actual - 1:N0} of 1,000 in use");
        Assert.Equal("suspended", (await site.Scenario.Owner.GetAsync($"/users/{idle}"))["status"]!.GetValue<string>());
        Assert.Equal("active", (await site.Scenario.Owner.GetAsync($"/users/{busy}"))["status"]!.GetValue<string>());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_becomes_dormant_and_what_it_frees_is_seen_before_it_happens(bool script)
    {
        await using var visit = await site.OpenAsync("/", options: new(Script: script));
        await Seats.GrantAsync(site.Scenario, 1000);
        var (away, idle) = (await HolderAsync(400), await HolderAsync(200));
        await visit.Page.GotoAsync("/users");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Dormancy" }).ClickAsync();
        await Expect(visit.Page.Locator("#dormancy-setting")).ToContainTextAsync("away for longer than 90 days");
        await Expect(visit.Page.Locator("#away tbody tr").Filter(new() { HasText = idle })).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("Days away").FillAsync("300");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await visit.ArrivesAsync("/dormancy/300$");
        await Expect(visit.Page.Locator("#dormancy-summary")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("away for longer than 300 days. If they became dormant now, (one AI seat|\\d+ AI seats) would be free"));
        await Expect(visit.Page.Locator("#away tbody tr").Filter(new() { HasText = away })).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#away tbody tr").Filter(new() { HasText = idle })).ToHaveCountAsync(0);
        await visit.Page.GetByLabel("Days away").FillAsync("4000");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-days-complaint")).ToContainTextAsync("from 1 to 3650");
        Assert.Equal("active", (await site.Scenario.Owner.GetAsync($"/users/{away}"))["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task Who_holds_no_seat_or_may_not_be_suspended_is_named_and_left_alone()
    {
        await using var visit = await site.OpenAsync("/");
        await Seats.UseAsync(site.Scenario, [site.Scenario.OwnerId]);
        await Seats.GrantAsync(site.Scenario, 1000);
        await visit.Page.GotoAsync("/ai-seats/free?user=owner");
        await Expect(visit.Page.Locator("#kept")).ToContainTextAsync("You cannot suspend yourself.");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true })).ToBeDisabledAsync();
        await visit.Page.GotoAsync("/ai-seats/free");
        await Expect(visit.Page.Locator(".empty")).ToHaveCountAsync(1);
    }

    [SkippableFact]
    public async Task A_renewal_is_tried_before_it_is_bought()
    {
        await using var visit = await site.OpenAsync("/");
        await Seats.UseAsync(site.Scenario, [site.Scenario.OwnerId]);
        await Seats.GrantAsync(site.Scenario, 1000);
        var actual = (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();
        await visit.Page.GotoAsync("/ai-seats");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "What if" }).ClickAsync();
        await visit.Dialog.GetByLabel("Seats of a renewal").FillAsync("100000");
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Calculate" }).ClickAsync();
        await Expect(visit.Dialog.Locator("#then")).ToHaveTextAsync($"{actual:N0} of 100,000 in use, {100000 - actual:N0} free");
        await visit.Page.GotoAsync("/ai-seats/what-if?limit=-5");
        await Expect(visit.Page.GetByLabel("Seats of a renewal")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    private async Task<string> HolderAsync(int daysAgo)
    {
        var name = site.Unique("free");
        var id = await site.Scenario.CreateUserAsync(name);
        await Seats.UseAsync(site.Scenario, [id]);
        if (daysAgo > 0)
        {
            await site.Scenario.Server.SqlAsync($"update members.users set last_seen_at = now() - interval '{daysAgo} days' where id = '{id}'");
            await site.Scenario.Server.SqlAsync($"update entitlements.ai_seat_state set last_used_at = now() - interval '{daysAgo} days' where user_id = '{id}'");
        }

        return name;
    }
}
