using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>One's own account, and keys that are made on a page. Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(SiteCollection.Name)]
public sealed class AccountTests(Site site)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case_13_a_key_is_made_on_the_press_of_a_button_and_outlives_the_session_of_the_browser(bool script)
    {
        Chromium.Require();
        var (_, person) = await site.Scenario.AddAsync(site.Unique("cli"));
        await using var visit = await site.OpenAsync("/login?redirect=%2Fcli-auth", person, new(Script: script));
        Assert.Equal("/cli-auth", visit.Path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var key = await visit.Page.Locator("#key-value").InputValueAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToHaveCountAsync(script ? 1 : 0);
        using var client = new ApiClient(site.Scenario.Server.Address, key);
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);

        Assert.Equal(200, (await person.PostAsync("/users/logout")).Code);
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        await visit.Page.GotoAsync("/cli-auth");
        Assert.Equal("/sign-in?return=%2Fcli-auth", visit.Path, ignoreCase: true);
    }

    [SkippableFact]
    public async Task A_stranger_signs_in_and_arrives_at_the_page_for_keys()
    {
        var name = await site.PersonAsync("arrives");
        await using var visit = await site.OpenAnonymousAsync("/login?redirect=%2Fcli-auth");
        await visit.Page.GetByLabel("E-mail address").FillAsync($"{name}@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" })).ToBeVisibleAsync();
        Assert.Equal("/cli-auth", visit.Path);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_made_shown_once_and_deleted(bool script)
    {
        Chromium.Require();
        var (_, person) = await site.Scenario.AddAsync(site.Unique("tokens"));
        await using var visit = await site.OpenAsync("/settings/account", person, new(Script: script));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tokens" }).Last.ClickAsync();
        await Expect(visit.Page.GetByText("No tokens yet")).ToBeVisibleAsync();
        await visit.Page.Locator("#new-token").ClickAsync();
        await Expect(visit.Page.GetByLabel("Lifetime")).ToHaveValueAsync((30L * 86_400_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await visit.Page.GetByLabel("Name (optional)").FillAsync("deploy");
        await visit.Page.GetByText("Choose what it may do").ClickAsync();
        await visit.Page.GetByLabel("user:read", new() { Exact = true }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var key = await visit.Page.Locator("#key-value").InputValueAsync();
        using var client = new ApiClient(site.Scenario.Server.Address, key);
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        Assert.Equal(404, (await client.GetAsync("/organizations/default")).Code);

        await visit.Page.GotoAsync("/settings/tokens");
        await Expect(visit.Page.Locator("#my-tokens tbody tr")).ToContainTextAsync("user:read");
        Assert.DoesNotContain(key, await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Delete deploy" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete token" }).ClickAsync();
        await Expect(visit.Page.GetByText("No tokens yet")).ToBeVisibleAsync();
        Assert.Equal(401, (await client.GetAsync("/users/me")).Code);
    }

    [SkippableFact]
    public async Task A_name_that_is_taken_is_told_and_what_was_chosen_stays()
    {
        Chromium.Require();
        var (_, person) = await site.Scenario.AddAsync(site.Unique("tokens"));
        await person.PostAsync("/users/me/keys/tokens", new { token_name = "taken" });
        await using var visit = await site.OpenAsync("/settings/tokens/new", person);
        await visit.Page.GetByLabel("Name (optional)").FillAsync("taken");
        await visit.Page.GetByLabel("Lifetime").SelectOptionAsync("90 days");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-token_name-complaint")).ToContainTextAsync("Taken.");
        await Expect(visit.Page.GetByLabel("Name (optional)")).ToHaveValueAsync("taken");
        await Expect(visit.Page.Locator("#field-lifetime option:checked")).ToHaveTextAsync("90 days");
    }

    [SkippableFact]
    public async Task A_profile_is_saved_and_sessions_end_one_by_one_and_all_at_once()
    {
        Chromium.Require();
        var name = site.Unique("sessions");
        var (_, person) = await site.Scenario.AddAsync(name);
        using var other = await site.Scenario.SignInAsync($"{name}@example.com");
        using var token = new ApiClient(site.Scenario.Server.Address, (await person.PostAsync("/users/me/keys/tokens", new { }))["key"]!.GetValue<string>());
        await using var visit = await site.OpenAsync("/", person);
        await visit.Page.Locator("#account").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("Full name").FillAsync("Zoë Quinn");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Expect(visit.Page.GetByText("Your profile was saved.").First).ToBeVisibleAsync();
        Assert.Equal("Zoë Quinn", (await person.GetAsync("/users/me"))["name"]!.GetValue<string>());

        await Expect(visit.Page.Locator("#my-sessions tbody tr")).ToHaveCountAsync(2);
        await visit.Page.Locator("#my-sessions").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Page.Locator("#my-sessions tbody tr")).ToHaveCountAsync(1);
        Assert.Equal(401, (await other.GetAsync("/users/me")).Code);
        Assert.Equal(200, (await person.GetAsync("/users/me")).Code);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(401, (await person.GetAsync("/users/me")).Code);
        Assert.Equal(200, (await token.GetAsync("/users/me")).Code);
    }

    [SkippableTheory]
    [InlineData("/settings/account")]
    [InlineData("/settings/tokens")]
    [InlineData("/settings/tokens/new")]
    [InlineData("/cli-auth")]
    public async Task A_page_is_accessible_in_both_themes_and_fits(string path)
    {
        Chromium.Require();
        var (_, person) = await site.Scenario.AddAsync(site.Unique("scan"));
        await person.PostAsync("/users/me/keys/tokens", new { token_name = new string('w', 64), scopes = new[] { "workspace:application_connect", "user:update_personal", "coder:apikeys.manage_self" } });
        foreach (var dark in new[] { false, true })
        {
            await using var visit = await site.OpenAsync(path, person, new(Dark: dark, Width: 1440));
            if (path.EndsWith("new", StringComparison.Ordinal))
                await visit.Page.GetByText("Choose what it may do").ClickAsync();
            if (path == "/cli-auth")
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
            Assert.Empty(await visit.FaultsOfScanAsync());
            foreach (var width in new[] { 360, 1600 })
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"wider than {width}");
            }
        }
    }
}
