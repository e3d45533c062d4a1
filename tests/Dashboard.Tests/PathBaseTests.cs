using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The dashboard below a path base: nothing that a page leads to, loads or asks for leaves it.</summary>
public sealed class PathBaseTests(SiteBelowBase site) : IClassFixture<SiteBelowBase>
{
    private const string Base = SiteBelowBase.Base;

    [SkippableFact]
    public async Task Every_page_and_all_that_it_leads_to_stays_below_the_base()
    {
        Chromium.Require();
        var s = site.Scenario;
        await site.ServiceAccountsAsync(Enumerable.Range(0, 12).Select(_ => site.Unique("walked")));
        await s.Owner.PutAsync($"/users/{await site.PersonAsync("walkedperson")}/status/suspend");
        await s.Owner.PostAsync("/organizations/main/members/roles", new { name = "walked", organization_permissions = new[] { new { resource_type = "file", action = "read" } } });
        await s.Owner.PostAsync("/users/me/keys/tokens", new { token_name = "walked" });
        var group = (await s.Owner.PostAsync("/organizations/main/groups", new { name = "walked" }))["id"]!.GetValue<Guid>();
        await s.Owner.SendAsync(HttpMethod.Patch, $"/groups/{group}", new { add_users = new[] { s.OwnerId } });
        await s.Owner.PostAsync("/notifications/targets", new { name = "walked", kind = "webhook", enabled = false, url = "https://hooks.example.invalid/" });
        await Seats.UseAsync(s, [s.OwnerId]);
        await Seats.GrantAsync(s, 1);

        await using var visit = await site.OpenAsync(Base);
        var walk = new Walk(visit, s.Server.Services, Base);
        await walk.GoAsync("/", "/users?size=10", "/users?size=10&page=2", "/users?filter=nobody-at-all", "/organizations/main/members?size=10", "/ai-seats?filter=nobody-at-all",
            "/users/bulk?action=suspend&user=owner", "/organizations/main/members/bulk?action=remove&user=owner", "/sign-out", "/users/undo", "/users/owner/invitation", "/notifications/targets/new?kind=email");
        Assert.True(walk.Pages.Count > 20);
        Assert.Empty(walk.Pages.Except(walk.Reached));
        AssertBelow(visit);
    }

    [SkippableFact]
    public async Task An_operation_is_tried_from_the_reference_below_the_base()
    {
        await using var visit = await site.OpenAsync(Base + "/users");
        await visit.Page.Locator("#account").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "API reference" }).ClickAsync();
        await visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "General" }).ClickAsync();
        Assert.Equal("/monolith/docs/general", visit.Path);
        var card = visit.Page.Locator("#get-appearance");
        await card.GetByText("Try it").ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(card.Locator("form pre")).ToContainTextAsync($"{site.Scenario.Server.Address}monolith/docs");
        await Expect(card.Locator("pre.curl")).ToContainTextAsync("monolith/api/v2/appearance");
        AssertBelow(visit);
    }

    [SkippableTheory]
    [InlineData("/monolith/users/nobody-at-all/seat")]
    [InlineData("/monolith/no-such-page")]
    [InlineData("/monolith/users/export?filter=bogus%3A1")]
    public async Task A_failure_leads_back_below_the_base(string path)
    {
        await using var visit = await site.OpenAsync(path);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the start page" })).ToHaveAttributeAsync("href", Base + "/");
        var again = visit.Page.GetByRole(AriaRole.Link, new() { Name = path.Contains("export", StringComparison.Ordinal) ? "Try again" : "Go to the start page" });
        await again.ClickAsync();
        AssertBelow(visit);
        await visit.Page.GotoAsync(Base + "/");
        Assert.Equal("/monolith/users", visit.Path);
    }

    [SkippableFact]
    public async Task The_first_user_sets_up_signs_out_and_signs_in_to_the_page_they_asked_for()
    {
        Chromium.Require();
        await using var server = await MonolithServer.StartAsync(("Proxy:PathBase", Base));
        await using var visit = await site.OpenAnonymousAsync(new Uri(server.Address, "/monolith/users").ToString());
        Assert.Equal("/monolith/set-up", visit.Path);
        await visit.Page.GetByLabel("E-mail address").FillAsync("owner@example.com");
        await visit.Page.GetByLabel("Username").FillAsync("owner");
        await visit.Page.GetByLabel("Password").FillAsync(Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create owner" }).ClickAsync();
        await Expect(visit.Row("owner")).ToBeVisibleAsync();
        Assert.Equal("/monolith/users", visit.Path);

        await visit.Page.Locator("#account").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal("/monolith/sign-in", visit.Path);

        await visit.Page.GotoAsync(new Uri(server.Address, "/monolith/organizations/main/members?filter=status:active").ToString());
        Assert.Equal("/monolith/sign-in?return=%2Forganizations%2Fmain%2Fmembers%3Ffilter%3Dstatus%3Aactive", visit.Path, ignoreCase: true);
        await SignInAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Members" })).ToBeVisibleAsync();
        Assert.Equal("/monolith/organizations/main/members?filter=status:active", Uri.UnescapeDataString(visit.Path));
        AssertBelow(visit);
    }

    [SkippableTheory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org/")]
    [InlineData("/api/v2/users")]
    public async Task Signing_in_leads_to_pages_of_this_site_only(string target)
    {
        await using var visit = await site.OpenAnonymousAsync($"{Base}/sign-in?return={Uri.EscapeDataString(target)}");
        await SignInAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Users" })).ToBeVisibleAsync();
        Assert.Equal(site.Scenario.Server.Address + "monolith/users", visit.Page.Url);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_is_filtered_paged_saved_and_added_to(bool script)
    {
        Chromium.Require();
        var prefix = site.Unique("listed") + "x";
        await site.ServiceAccountsAsync(Enumerable.Range(0, 26).Select(i => $"{prefix}{i:d2}"));
        await using var visit = await site.OpenAsync("/monolith/users", options: new(Script: script));
        await visit.Page.Locator("form.filters input[type=search]").FillAsync(prefix);
        await visit.Page.Locator("form.filters input[type=search]").PressAsync("Enter");
        await visit.ArrivesAsync($"/monolith/users\\?.*filter={prefix}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        Assert.Equal($"/monolith/users?filter={prefix}&page=2", visit.Path);
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Equal("users.csv", file.SuggestedFilename);
        Assert.Contains($"/monolith/users/export?filter={prefix}", file.Url, StringComparison.Ordinal);

        var name = site.Unique("created");
        await visit.Page.Locator("#create-user").ClickAsync();
        var form = script ? visit.Dialog : visit.Page.Locator("main");
        await form.GetByLabel("Service account").CheckAsync();
        await form.GetByLabel("Username").FillAsync(name);
        await form.GetByRole(AriaRole.Button, new() { Name = "Create user", Exact = true }).ClickAsync();
        await visit.SaysAsync($"{name} was created");
        Assert.Equal($"/monolith/users?filter={prefix}&page=2", visit.Path);
        if (script)
        {
            await visit.Page.GoBackAsync();
            await Expect(visit.Rows).ToHaveCountAsync(25);
        }

        AssertBelow(visit);
    }

    private static async Task SignInAsync(Visit visit)
    {
        await visit.Page.GetByLabel("E-mail address").FillAsync("owner@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static void AssertBelow(Visit visit)
    {
        Assert.NotEmpty(visit.Requests);
        var host = new Uri(visit.Page.Url).Authority;
        Assert.DoesNotContain(visit.Requests, one => one.Authority == host && !Walk.IsBelow(one.AbsolutePath, Base));
    }
}
