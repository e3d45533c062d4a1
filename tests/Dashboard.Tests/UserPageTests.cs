using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The page of a user, and what is about one's own browser.</summary>
[Collection(SiteCollection.Name)]
public sealed class UserPageTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_4_a_row_leads_to_the_page_of_its_user_where_everything_about_them_stands(bool script)
    {
        var (id, client) = await site.Scenario.AddAsync(site.Unique("paged"), "auditor");
        await client.PostAsync("/users/me/keys/tokens", new { token_name = "deploy" });
        var name = (await client.GetAsync("/users/me"))["username"]!.GetValue<string>();
        await using var visit = await site.OpenAsync($"/users?filter={name}", options: new(Script: script));
        await visit.Row(name).GetByRole(AriaRole.Link, new() { Name = $"User {name}" }).ClickAsync();
        await visit.ArrivesAsync($"/users/{name}$");
        var facts = visit.Page.Locator("#user-facts");
        foreach (var fact in new[] { name, $"{name}@example.com", "Active", "Password", id.ToString() })
            await Expect(facts).ToContainTextAsync(fact);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Auditor");
        await Expect(visit.Page.Locator("#keys")).ToContainTextAsync("1 session");
        await Expect(visit.Page.Locator("#keys")).Not.ToContainTextAsync("1 sessions");
        await Expect(visit.Page.Locator("#user-tokens")).ToContainTextAsync("deploy");
        await Expect(visit.Page.Locator("#user-organizations").GetByRole(AriaRole.Link)).ToHaveCountAsync(1);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await visit.SaysAsync("signed out everywhere");
        Assert.Equal(401, (await client.GetAsync("/users/me")).Code);
        await Expect(visit.Page.Locator("#user-tokens")).ToContainTextAsync("deploy");
    }

    [SkippableFact]
    public async Task An_action_of_the_page_comes_back_to_it_and_a_renamed_user_has_another_address()
    {
        var name = await site.PersonAsync("acted");
        await using var visit = await site.OpenAsync($"/users/{name}");
        await visit.ChooseOnPageAsync(name, "Suspend…");
        await visit.ConfirmAsync("Suspend");
        await visit.SaysAsync("is suspended");
        Assert.Equal($"/users/{name}", visit.Path);
        await visit.ChooseOnPageAsync(name, "Edit profile…");
        await visit.Dialog.GetByLabel("Username").FillAsync(name + "x");
        await visit.ConfirmAsync("Save profile");
        await visit.ArrivesAsync($"/users/{name}x$");
        await visit.ChooseOnPageAsync(name + "x", "Delete…");
        await visit.Dialog.GetByLabel("Name of the user to delete").FillAsync(name + "x");
        await visit.ConfirmAsync("Delete");
        await visit.ArrivesAsync("/users$");
    }

    [SkippableFact]
    public async Task Findings_11_and_20_what_is_not_possible_is_said_before_anything_is_typed()
    {
        var service = site.Unique("robot");
        await site.ServiceAccountsAsync([service]);
        await using (var visit = await site.OpenAsync($"/users/{service}/password"))
        {
            await Expect(visit.Page.Locator("[data-panel]")).ToContainTextAsync("Only for people who sign in with a password.");
            await Expect(visit.Page.Locator("[data-panel] input:not([type=hidden])")).ToHaveCountAsync(0);
        }

        var (_, auditor) = await site.Scenario.AddAsync(site.Unique("auditor"), "auditor");
        foreach (var action in new[] { "suspend", "delete", "roles", "password", "profile" })
        {
            await using var visit = await site.OpenAsync($"/users/{service}/{action}", auditor);
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await Expect(visit.Page.Locator("main form:visible")).ToHaveCountAsync(0);
            // Trying again changes nothing.
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToHaveCountAsync(0);
        }

        await using var page = await site.OpenAsync($"/users/{service}", auditor);
        await Expect(page.Page.Locator("#login-type")).ToHaveTextAsync("Nothing: uses tokens only");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Actions" })).ToHaveCountAsync(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_26_times_are_shown_in_the_zone_of_the_reader_and_in_UTC_on_hover(bool script)
    {
        var name = await site.PersonAsync("zoned");
        await using var visit = await site.OpenAsync("/settings/account", options: new(Script: script));
        await visit.Page.GetByLabel("Time zone").SelectOptionAsync("Asia/Kolkata");
        await visit.Page.GetByLabel("Theme").SelectOptionAsync("dark");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save display" }).ClickAsync();
        await visit.SaysAsync("was saved");
        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await visit.Page.GotoAsync($"/users/{name}");
        var created = visit.Page.Locator("#user-facts time").Last;
        await Expect(created).ToContainTextAsync("UTC+5:30");
        Assert.EndsWith(" UTC", await created.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.EndsWith("Z", await created.GetAttributeAsync("datetime"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_a_choice_the_browser_tells_its_zone()
    {
        await using var visit = await site.OpenAsync("/settings/account");
        var zone = await visit.Page.EvaluateAsync<string>("() => Intl.DateTimeFormat().resolvedOptions().timeZone");
        Assert.Contains(await visit.Page.Context.CookiesAsync(), cookie => cookie.Name == "zone" && Uri.UnescapeDataString(cookie.Value) == zone);
    }

    [SkippableFact]
    public async Task Findings_13_and_14_organizations_tell_their_members_and_the_last_one_is_remembered()
    {
        var name = site.Unique("org");
        await site.Scenario.Owner.PostAsync("/organizations", new { name, display_name = $"The {name}" });
        await using var visit = await site.OpenAsync("/organizations");
        var row = visit.Page.Locator("#organizations tbody tr").Filter(new() { HasText = $"The {name}" });
        await Expect(row).ToContainTextAsync(name);
        await Expect(row.Locator("td.numbers")).ToHaveTextAsync("1");
        await visit.Page.Locator("#switch-organization").ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Link, new() { Name = $"The {name}" }).ClickAsync();
        await visit.ArrivesAsync($"/organizations/{name}/members");
        await visit.Page.GotoAsync("/users");
        await Expect(visit.Page.Locator("#switch-organization")).ToContainTextAsync($"The {name}");
    }

    [SkippableFact]
    public async Task Finding_10_an_expired_session_costs_nothing_that_was_typed()
    {
        var (id, client) = await site.Scenario.AddAsync(site.Unique("typist"), "owner");
        var name = (await client.GetAsync("/users/me"))["username"]!.GetValue<string>();
        await using var visit = await site.OpenAsync("/organizations/main/roles/new", client);
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("typed-for-long");
        await visit.Page.GetByLabel("Display name").FillAsync("Typed for long");
        await site.Scenario.Server.SqlAsync($"delete from members.api_keys where user_id = '{id}'");
        await visit.Page.Locator("main form[method=post] button.primary").ClickAsync();
        await visit.ArrivesAsync("/sign-in");
        await visit.Page.GetByLabel("E-mail").FillAsync($"{name}@example.com");
        await visit.Page.Locator("input[type=password]").FillAsync(Monolith.Testing.Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visit.ArrivesAsync("/organizations/main/roles/new");
        await Expect(visit.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("typed-for-long");
        await Expect(visit.Page.GetByLabel("Display name")).ToHaveValueAsync("Typed for long");
        await Expect(visit.Page.GetByText("What you had typed is here again.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Finding_22_a_mistyped_address_keeps_the_navigation_and_offers_no_second_try()
    {
        await using (var visit = await site.OpenAsync("/no/such/page"))
        {
            await Expect(visit.Page.Locator("nav.side")).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToHaveCountAsync(0);
            await visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Organizations" }).ClickAsync();
            await visit.ArrivesAsync("/organizations");
        }

        await using var stranger = await site.OpenAnonymousAsync("/no/such/page");
        await Expect(stranger.Page.Locator("nav.side")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Finding_21_a_filled_dialog_asks_before_it_closes()
    {
        await using var visit = await site.OpenAsync("/users");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create user" }).ClickAsync();
        await visit.Dialog.GetByLabel("Username").FillAsync("half-typed");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Dialog).ToContainTextAsync("What you typed is not saved.");
        await Expect(visit.Dialog.GetByLabel("Username")).ToHaveValueAsync("half-typed");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create user" }).ClickAsync();
        await Expect(visit.Dialog.GetByLabel("Username")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Dialog).ToHaveCountAsync(0);
    }
}

/// <summary>Steps on the page of a user.</summary>
internal static class UserPageSteps
{
    /// <summary>Opens the menu of the page and chooses an action.</summary>
    public static async Task ChooseOnPageAsync(this Visit visit, string username, string action)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).ClickAsync();
        await visit.Page.Locator($"#menu-{username}").GetByRole(AriaRole.Link, new() { Name = action }).ClickAsync();
    }
}
