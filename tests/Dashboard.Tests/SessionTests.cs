using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Set-up, sign-in, sign-out, and what strangers see.</summary>
[Collection(SiteCollection.Name)]
public sealed class SessionTests(Site site)
{
    [SkippableFact]
    public async Task A_stranger_signs_in_and_arrives_at_the_page_they_asked_for()
    {
        await using var visit = await site.OpenAnonymousAsync("/organizations/main/members?filter=status:active");
        Assert.StartsWith("/sign-in?return=", visit.Path, StringComparison.Ordinal);
        await SignInAsync(visit, "Wrong-Horse-9-Battery");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Incorrect email or password.");
        await Expect(visit.Page.GetByLabel("E-mail address")).ToHaveValueAsync("owner@example.com");
        await SignInAsync(visit, Testing.Scenario.Password);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Members" })).ToBeVisibleAsync();
        Assert.Equal("/organizations/main/members?filter=status:active", Uri.UnescapeDataString(visit.Path));

        await visit.Page.Locator("#account").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/users");
        Assert.StartsWith("/sign-in", visit.Path, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org/")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_pages_of_this_site_only(string target)
    {
        await using var visit = await site.OpenAnonymousAsync($"/sign-in?return={Uri.EscapeDataString(target)}");
        await SignInAsync(visit, Testing.Scenario.Password);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Users" })).ToBeVisibleAsync();
        Assert.Equal(site.Scenario.Server.Address.Authority, new Uri(visit.Page.Url).Authority);
    }

    [SkippableFact]
    public async Task The_first_user_sets_the_deployment_up()
    {
        Chromium.Require();
        await using var server = await Testing.MonolithServer.StartAsync();
        await using var visit = await site.OpenAnonymousAsync(new Uri(server.Address, "/users").ToString());
        Assert.Equal("/set-up", visit.Path);
        await visit.Page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await visit.Page.GetByLabel("Username").FillAsync("ada");
        await visit.Page.GetByLabel("Password").FillAsync("short");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create owner" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-password-complaint")).ToContainTextAsync("Too easy to guess");
        await Expect(visit.Page.GetByLabel("Username")).ToHaveValueAsync("ada");
        await visit.Page.GetByLabel("Password").FillAsync(Testing.Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create owner" }).ClickAsync();
        await Expect(visit.Row("ada")).ToContainTextAsync("Owner");
        await visit.Page.GotoAsync(new Uri(server.Address, "/set-up").ToString());
        Assert.NotEqual("/set-up", visit.Path);
    }

    [SkippableFact]
    public async Task A_plain_member_sees_members_without_actions_and_no_users_entry()
    {
        await using var owners = await site.OpenAsync("/users");
        var (_, member) = await site.Scenario.AddAsync(site.Unique("plainmember"));
        await using var visit = await site.OpenAsync("/", member);
        Assert.StartsWith("/organizations", visit.Path, StringComparison.Ordinal);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true })).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/organizations/main/members");
        await Expect(visit.Rows.First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" })).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/users/new");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You may not see this page");
    }

    private static async Task SignInAsync(Visit visit, string password)
    {
        await visit.Page.GetByLabel("E-mail address").FillAsync("owner@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
