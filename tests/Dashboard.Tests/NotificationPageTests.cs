using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Rules, targets and deliveries, with and without script.</summary>
[Collection(PagesCollection.Name)]
public sealed class NotificationPageTests(Site site)
{
    private static readonly string[] Rules = ["AI seats", "AI seats ahead", "License", "Dormant users", "Audit log"];

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_webhook_is_added_tested_renamed_and_deleted(bool script)
    {
        await using var visit = await site.OpenAsync("/notifications", options: new(Script: script));
        var name = site.Unique(script ? "hooked" : "plainhook");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add webhook" }).ClickAsync();
        await visit.Page.GetByLabel("Name").FillAsync(name);
        await visit.Page.GetByLabel("Address").FillAsync("http://127.0.0.1/hooks");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#field-url-complaint")).ToContainTextAsync("Leads to a private, local or reserved address.");
        await Expect(visit.Page.GetByLabel("Name")).ToHaveValueAsync(name);
        await visit.Page.GetByLabel("Address").FillAsync("https://hooks.example.invalid/");
        await visit.Page.GetByLabel("Messages go there").UncheckAsync();
        foreach (var rule in Rules)
            await visit.Page.GetByLabel(rule, new() { Exact = true }).UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Choose at least one." })).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("License", new() { Exact = true }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#key-value")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));

        await visit.Page.GotoAsync("/notifications");
        var row = visit.Page.Locator("#targets tbody tr").Filter(new() { HasText = name });
        await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync("License");
        await row.GetByRole(AriaRole.Button, new() { Name = $"Send test to {name}" }).ClickAsync();
        await visit.SaysAsync($"A test message for {name} is on its way.");
        await Expect(visit.Page.Locator("#deliveries tbody tr").Filter(new() { HasText = $"Test message for {name}" })).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Link, new() { Name = $"Edit {name}" }).ClickAsync();
        var form = script ? visit.Dialog : visit.Page.Locator("main");
        await form.GetByLabel("Name").FillAsync($"{name}-renamed");
        foreach (var rule in Rules)
            await form.GetByLabel(rule, new() { Exact = true }).CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync($"{name}-renamed was saved.");
        await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync("Everything");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = $"Delete {name}-renamed" }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Delete target" }).ClickAsync();
        await visit.SaysAsync($"{name}-renamed was deleted.");
        await Expect(row).ToHaveCountAsync(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_is_set_and_what_is_no_number_is_refused_beside_its_field(bool script)
    {
        await using var visit = await site.OpenAsync("/notifications", options: new(Script: script));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Edit License", Exact = true }).ClickAsync();
        var form = script ? visit.Dialog : visit.Page.Locator("main");
        await form.GetByLabel("Days before the end").FillAsync("60, soon");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form.Locator("#field-thresholds-complaint")).ToContainTextAsync("Must be 1 to 10 different numbers from 1 to 365.");
        await form.GetByLabel("Days before the end").FillAsync(script ? "60, 5" : "61 5");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("License was saved.");
        await Expect(visit.Page.Locator("#rule-license_ends")).ToContainTextAsync($"Tells {(script ? 60 : 61)}, 5 days before the license ends");
    }

    [SkippableFact]
    public async Task A_message_that_failed_says_why_and_is_tried_again()
    {
        Chromium.Require();
        var name = site.Unique("deaf");
        var target = (await site.Scenario.Owner.PostAsync("/notifications/targets", new { name, kind = "webhook", enabled = false, url = "https://hooks.example.invalid/" }))["id"];
        var delivery = (await site.Scenario.Owner.PostAsync($"/notifications/targets/{target}/test"))["id"];
        await site.Scenario.Server.SqlAsync($"update notifications.deliveries set status = 'dead', attempts = 12, finished_at = now(), last_error = 'The receiver answered 500.' where id = '{delivery}'");
        await using var visit = await site.OpenAsync("/notifications?status=dead");
        var row = visit.Page.Locator($"#delivery-{delivery}");
        await Expect(row).ToContainTextAsync("12 attempts. The receiver answered 500.");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await visit.SaysAsync($"The message for {name} is tried again.");
        await Expect(row).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Who_may_not_read_it_has_no_entry_and_no_page()
    {
        Chromium.Require();
        var name = await site.PersonAsync("stranger");
        await using var visit = await site.OpenAsync("/notifications", await site.Scenario.SignInAsync($"{name}@example.com"));
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("permission");
        await Expect(visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Notifications" })).ToHaveCountAsync(0);
    }
}
