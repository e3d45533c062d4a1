using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>More people than one request takes: how far it is, where it stops, and the way back.</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class ManyTests(Site site)
{
    [SkippableFact]
    public async Task More_than_can_be_done_in_one_request_are_refused_before_anything_is_done()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = await MassesAsync(10_001);
        try
        {
            await visit.Page.GotoAsync($"/users/bulk?action=suspend&all=yes&filter={prefix}");
            await Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("At most 10,000 people are changed at once.");
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true })).ToHaveCountAsync(0);
        }
        finally
        {
            await ForgetAsync(prefix);
        }
    }

    [SkippableFact]
    public async Task Many_are_changed_and_put_back_in_several_requests_that_tell_how_far_they_are()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = await MassesAsync(1_100);
        try
        {
            await visit.Page.EvaluateAsync("() => { window.told = new Set(); new MutationObserver(() => { const far = document.querySelector('[data-far]'); if (far) told.add(far.textContent); }).observe(document.querySelector('#dialog'), { childList: true }); }");
            await OpenDialogAsync(visit, $"/users/bulk?action=suspend&all=yes&filter={prefix}");
            await visit.ConfirmAsync("Suspend");
            await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for 1,100 of 1,100 people.", new() { Timeout = 120_000 });
            await Expect(visit.Dialog.Locator("[data-left]")).ToHaveCountAsync(0);
            Assert.Equal(1_100, await CountAsync($"{prefix} status:suspended"));
            await visit.ConfirmAsync("Undo");
            await visit.SaysAsync("Undone for 1,100 people.", 120_000);
            Assert.Equal(1_100, await CountAsync($"{prefix} status:active"));
            Assert.Equal(["500 of 1,100 people", "1,000 of 1,100 people"], await visit.Page.EvaluateAsync<string[]>("() => [...told]"));
        }
        finally
        {
            await ForgetAsync(prefix);
        }
    }

    [SkippableFact]
    public async Task Many_are_changed_step_by_step_without_script_and_those_who_had_their_turn_can_be_put_back()
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Script: false));
        var prefix = await MassesAsync(1_100);
        var (dormant, owner) = ($"{prefix}-00003", $"{prefix}-00005");
        await site.Scenario.Server.SqlAsync($"update members.users set status = 'dormant' where username = '{dormant}'");
        await SetRolesAsync(owner, "owner");
        try
        {
            await visit.Page.GotoAsync($"/users/bulk?action=suspend&all=yes&filter={prefix}");
            await Press(visit, "Suspend");
            await Expect(visit.Page.Locator("[data-far]")).ToHaveTextAsync("500 of 1,100 people");
            Assert.Empty(await visit.FaultsOfScanAsync());
            Assert.Equal(499, await CountAsync($"{prefix} status:suspended"));
            // Whoever comes meanwhile was not confirmed.
            await site.ServiceAccountsAsync([$"{prefix}-00000"], areMembers: false);
            await Press(visit, "Go on");
            await Expect(visit.Page.Locator("[data-far]")).ToHaveTextAsync("1,000 of 1,100 people");
            await Press(visit, "Stop here");
            await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Done for" })).ToHaveTextAsync("Done for 999 of 1,000 people.");
            await Expect(visit.Page.Locator("[data-left]")).ToHaveTextAsync("It was stopped: 100 people have had no turn, and nothing changed for them.");
            await Expect(visit.Page.Locator(".results li").First).ToContainTextAsync("An owner cannot be suspended. Take the owner role away first.");
            Assert.Equal(999, await CountAsync($"{prefix} status:suspended"));

            await Press(visit, "Undo");
            await Expect(visit.Page.Locator("[data-far]")).ToHaveTextAsync("500 of 999 people");
            await Press(visit, "Go on");
            await visit.SaysAsync("Undone for 999 people.");
            Assert.Equal(0, await CountAsync($"{prefix} status:suspended"));
            Assert.Equal("dormant", await StatusAsync(dormant));
        }
        finally
        {
            await SetRolesAsync(owner);
            await ForgetAsync(prefix);
        }
    }

    [SkippableFact]
    public async Task Closing_the_dialog_stops_between_two_requests_and_tells_what_was_done()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = await MassesAsync(1_600);
        try
        {
            // The second request is held until the dialog was asked to close.
            var (posts, closed) = (0, new TaskCompletionSource());
            await visit.Page.RouteAsync("**/users/bulk**", async route =>
            {
                if (route.Request.Method == "POST" && ++posts == 2)
                    await closed.Task;
                await route.ContinueAsync();
            });
            await OpenDialogAsync(visit, $"/users/bulk?action=suspend&all=yes&filter={prefix}");
            await visit.ConfirmAsync("Suspend");
            await Expect(visit.Dialog.Locator("[data-far]")).ToHaveTextAsync("500 of 1,600 people", new() { Timeout = 120_000 });
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(visit.Dialog.Locator("#bulk-stop")).ToHaveAttributeAsync("aria-busy", "true");
            Assert.Empty(await visit.FaultsOfScanAsync());
            closed.SetResult();
            await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for 1,000 of 1,000 people.", new() { Timeout = 120_000 });
            await Expect(visit.Dialog.Locator("[data-left]")).ToHaveTextAsync("It was stopped: 600 people have had no turn, and nothing changed for them.");
            Assert.Equal(1_000, await CountAsync($"{prefix} status:suspended"));
            await Expect(visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        }
        finally
        {
            await ForgetAsync(prefix);
        }
    }

    private static Task Press(Visit visit, string button) => visit.Page.GetByRole(AriaRole.Main).Or(visit.Dialog).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync(new() { Timeout = 120_000 });

    private static async Task OpenDialogAsync(Visit visit, string path) =>
        await visit.Page.EvaluateAsync("path => { const link = Object.assign(document.createElement('a'), { href: path, textContent: 'many' }); link.dataset.dialog = ''; document.querySelector('main').append(link); link.click(); }", path);

    /// <summary>Accounts by statement; answers what their names begin with.</summary>
    private async Task<string> MassesAsync(int count)
    {
        var prefix = site.Unique("masses");
        await site.Scenario.Server.SqlAsync(
            $"""
            insert into members.users (id, username, username_folded, email, email_folded, name, name_folded, password_hash, status, login_type, site_roles, is_service_account, created_at, updated_at)
            select gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', '', '', '', 'active', 'none', array[]::text[], true, now(), now()
            from (select '{prefix}-' || lpad(n::text, 5, '0') as name from generate_series(1, {count}) n) as everybody
            """);
        return prefix;
    }

    private async Task ForgetAsync(string prefix) => await site.Scenario.Server.SqlAsync($"delete from members.users where username like '{prefix}-%'");

    private async Task<long> CountAsync(string q) => (await site.Scenario.Owner.GetAsync($"/users?q={Uri.EscapeDataString(q)}&limit=1"))["count"]!.GetValue<long>();

    private async Task<string> StatusAsync(string name) => (await site.Scenario.Owner.GetAsync($"/users/{name}"))["status"]!.GetValue<string>();

    private Task<ApiAnswer> SetRolesAsync(string name, params string[] roles) => site.Scenario.Owner.PutAsync($"/users/{name}/roles", new { roles });
}
