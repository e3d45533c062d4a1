using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Finding 27: what an action on several people shows before it is done, everybody who matches, and the way back.</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class BulkTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_27_the_seat_of_everybody_and_what_suspending_frees_stand_before_the_button(bool script)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Script: script));
        var prefix = site.Unique("seen") + "x";
        await site.ServiceAccountsAsync([$"{prefix}1", $"{prefix}2", $"{prefix}3", $"{prefix}4"]);
        await Seats.UseAsync(site.Scenario, await Seats.IdOfAsync(site.Scenario, $"{prefix}1"), await Seats.IdOfAsync(site.Scenario, $"{prefix}4"));
        await SetRolesAsync($"{prefix}3", "owner");
        await SuspendAsync($"{prefix}4");
        await Seats.GrantAsync(site.Scenario, 1000);
        var actual = await ActualAsync();
        await visit.Page.GotoAsync($"/users?filter={prefix}");
        await ChooseAsync(visit, 4);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#concerned")).ToHaveTextAsync($"{prefix}1: holds an AI seat{prefix}2: no AI seat{prefix}3: no AI seat{prefix}4: no AI seat");
        await Expect(visit.Page.Locator("#refused li")).ToHaveTextAsync([$"{prefix}3An owner cannot be suspended. Take the owner role away first."]);
        await Expect(visit.Page.Locator("#forecast dd")).ToHaveTextAsync(["2", "1", "1", Moment(actual), Moment(actual - 1)]);

        await visit.Page.GotoAsync($"/users/bulk?action=activate&user={prefix}4&user={prefix}1");
        await Expect(visit.Page.Locator("#concerned")).ToContainTextAsync($"{prefix}4: holds an AI seat again");
        await Expect(visit.Page.Locator("#forecast dd")).ToHaveTextAsync(["1", "1", Moment(actual), Moment(actual + 1)]);
        await SetRolesAsync($"{prefix}3");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_27_everybody_who_matches_is_changed_audited_and_put_back(bool script)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Script: script));
        var prefix = site.Unique(script ? "crowd" : "flock") + "x";
        List<string> names = [.. Enumerable.Range(10, 13).Select(number => $"{prefix}{number}")];
        await site.ServiceAccountsAsync(names);
        await SetRolesAsync(names[3], "owner");
        await SuspendAsync(names[5]);
        await site.Scenario.Server.SqlAsync($"update members.users set status = 'dormant' where username = '{names[7]}'");
        await visit.Page.GotoAsync($"/users?filter={prefix}&size=10");
        await ChooseAsync(visit, 1);
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "All 13 that match" }).CheckAsync();
        if (script)
            await Expect(visit.Page.Locator("#bulk [data-chosen]")).ToHaveTextAsync("13");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("form:has(#forecast) > p").First).ToContainTextAsync("these 13 people");
        await Expect(visit.Page.Locator("#forecast dd").First).ToHaveTextAsync("11");
        await Expect(visit.Page.Locator("#refused")).ToContainTextAsync(names[3]);
        await Press(visit, "Suspend");
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Done for" })).ToHaveTextAsync("Done for 12 of 13 people.");
        Assert.Equal(12, await CountAsync($"{prefix} status:suspended"));
        // Each of them as for one: a row of their own, also for the one that was refused.
        foreach (var name in names)
            Assert.Equal(name == names[3] ? 400 : 200, await AuditedAsync(name));

        await Press(visit, "Undo");
        await visit.SaysAsync("Undone for 11 people.");
        Assert.Equal(11, await CountAsync($"{prefix} status:active"));
        Assert.Equal("suspended", await StatusAsync(names[5]));
        Assert.Equal("dormant", await StatusAsync(names[7]));
        await SetRolesAsync(names[3]);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_27_one_change_is_turned_back_from_its_message(bool script)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Script: script));
        var name = await site.PersonAsync("turned");
        await site.Scenario.Server.SqlAsync($"update members.users set status = 'dormant' where username = '{name}'");
        await visit.Page.GotoAsync($"/users/{name}/suspend");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await visit.SaysAsync("is suspended.");
        Assert.Equal("suspended", await StatusAsync(name));
        await visit.Page.Locator("[data-flash]").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await visit.SaysAsync("Undone for 1 person.");
        Assert.Equal("dormant", await StatusAsync(name));
        await Expect(visit.Page.Locator("#undo")).ToHaveCountAsync(0);

        await visit.Page.GotoAsync($"/users/{name}/activate?return=/users?filter={name}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true }).ClickAsync();
        await visit.SaysAsync("is active again.");
        await site.Scenario.Owner.DeleteAsync($"/users/{name}");
        await visit.Page.Locator("#undo").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Done for" })).ToHaveTextAsync("Done for 0 of 1 person.");
    }

    [SkippableFact]
    public async Task Nothing_is_undone_by_an_address_or_by_text_that_nobody_wrote()
    {
        await using var visit = await site.OpenAsync("/users/undo");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing to undo" })).ToBeVisibleAsync();
        var name = await site.PersonAsync("kept");
        await visit.Page.GotoAsync($"/users/{name}/suspend");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await visit.Page.Locator("[data-flash] [name=was]").EvaluateAsync("one => { one.value = 'owner:AAAA active:AAAA gone'; }");
        await visit.Page.Locator("#undo").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing to undo" })).ToBeVisibleAsync();
        Assert.Equal("suspended", await StatusAsync(name));
    }

    [SkippableFact]
    public async Task Finding_27_all_holders_who_match_are_freed_and_put_back()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = site.Unique("held") + "x";
        List<string> names = [.. Enumerable.Range(10, 12).Select(number => $"{prefix}{number}")];
        await site.ServiceAccountsAsync(names);
        var ids = new List<Guid>();
        foreach (var name in names)
            ids.Add(await Seats.IdOfAsync(site.Scenario, name));
        await Seats.UseAsync(site.Scenario, ids);
        await SuspendAsync(names[0]);
        await Seats.GrantAsync(site.Scenario, 1000);
        var actual = await ActualAsync();
        await visit.Page.GotoAsync($"/ai-seats?filter={prefix}&size=10");
        await visit.Page.Locator("#select-all").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "All holders that match" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Free seats" }).ClickAsync();
        await Expect(visit.Dialog.Locator("#freed li")).ToHaveCountAsync(11);
        await Expect(visit.Dialog.Locator("#then")).ToHaveTextAsync(Moment(actual - 11));
        await visit.ConfirmAsync("Suspend");
        await Expect(visit.Dialog.Locator("#after")).ToContainTextAsync($"Now: {actual - 11:N0} of 1,000 in use");
        Assert.Equal(12, await CountAsync($"{prefix} status:suspended"));
        await visit.ConfirmAsync("Undo");
        await visit.SaysAsync("Undone for 11 people.");
        Assert.Equal("suspended", await StatusAsync(names[0]));
        Assert.Equal(actual, await ActualAsync());
    }

    [SkippableFact]
    public async Task All_members_who_match_are_removed()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = site.Unique("leaving") + "x";
        await site.ServiceAccountsAsync(Enumerable.Range(10, 12).Select(number => $"{prefix}{number}"));
        await visit.Page.GotoAsync($"/organizations/main/members?filter={prefix}&size=10");
        await visit.Page.Locator("#select-all").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "All 12 that match" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("these 12 people");

        // Nobody is removed whom nobody was asked about.
        await site.ServiceAccountsAsync([$"{prefix}99"]);
        await visit.ConfirmAsync("Remove");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was done");
        Assert.Equal(13, (await site.Scenario.Owner.GetAsync($"/organizations/main/paginated-members?q={prefix}"))["count"]!.GetValue<long>());
        await Expect(visit.Dialog).ToContainTextAsync("these 13 people");
        await visit.ConfirmAsync("Remove");
        await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for 13 of 13 people.");
        Assert.Equal(13, await CountAsync(prefix));
        Assert.Equal(0, (await site.Scenario.Owner.GetAsync($"/organizations/main/paginated-members?q={prefix}"))["count"]!.GetValue<long>());
    }

    private static string Moment(long actual) => $"{actual:N0} of 1,000 in use, {1000 - actual:N0} free";

    private static Task Press(Visit visit, string button) => visit.Page.GetByRole(AriaRole.Main).Or(visit.Dialog).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync();

    private static async Task ChooseAsync(Visit visit, int rows)
    {
        for (var row = 0; row < rows; row++)
            await visit.Page.Locator("[data-one]").Nth(row).CheckAsync();
    }

    private async Task<long> ActualAsync() => (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();

    private async Task<long> CountAsync(string q) => (await site.Scenario.Owner.GetAsync($"/users?q={Uri.EscapeDataString(q)}&limit=1"))["count"]!.GetValue<long>();

    private async Task<int> AuditedAsync(string name) =>
        (await site.Scenario.Owner.GetAsync($"/audit?q={Uri.EscapeDataString($"resource_type:user action:write resource_target:{name}")}&limit=10")).Json!["audit_logs"]!.AsArray()
            .First(row => row!["diff"]?["status"]?["new"]?.ToString() == "suspended" || row["status_code"]!.GetValue<int>() == 400)!["status_code"]!.GetValue<int>();

    private async Task<string> StatusAsync(string name) => (await site.Scenario.Owner.GetAsync($"/users/{name}"))["status"]!.GetValue<string>();

    private Task<ApiAnswer> SuspendAsync(string name) => site.Scenario.Owner.PutAsync($"/users/{name}/status/suspend");

    private Task<ApiAnswer> SetRolesAsync(string name, params string[] roles) => site.Scenario.Owner.PutAsync($"/users/{name}/roles", new { roles });
}
