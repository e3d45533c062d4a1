using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Members.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Operations are tried from the API reference, with the session of the dashboard.</summary>
[Collection(SiteCollection.Name)]
public sealed class ReferenceTryTests(Site site)
{
    [SkippableFact]
    public async Task A_read_is_sent_and_its_response_shown()
    {
        await using var visit = await SignedInAsync("/docs/users");
        var form = await OpenAsync(visit, "get-user");
        await Expect(form.GetByLabel("user path")).ToHaveValueAsync("me");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("200");
        Assert.Equal("owner", JsonNode.Parse(await form.Locator("pre").InnerTextAsync())!["username"]!.GetValue<string>());
        await Expect(form.Locator("dl")).ToContainTextAsync("x-request-id");

        // What is typed goes into the path and the query, and a refusal is shown like any response.
        await form.GetByLabel("user path").FillAsync("no body/else");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("404");
        Assert.Contains(visit.Requests, one => one.AbsolutePath == "/api/v2/users/no%20body%2Felse");
        var list = await OpenAsync(visit, "get-users");
        await list.GetByLabel("q query").FillAsync("owner");
        await list.GetByLabel("limit query").FillAsync("1");
        await list.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(list.GetByRole(AriaRole.Status)).ToContainTextAsync("200");
        Assert.Contains(visit.Requests, one => one.PathAndQuery == "/api/v2/users?q=owner&limit=1");
    }

    [SkippableFact]
    public async Task A_write_asks_first_and_is_sent_with_the_proof_of_the_session()
    {
        await using var visit = await SignedInAsync("/docs/organizations");
        var name = site.Unique("tried");
        var form = await OpenAsync(visit, "create-organization");
        await form.GetByLabel("Body").FillAsync($$"""{"name":"{{name}}"}""");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("POST /api/v2/organizations");
        await visit.ConfirmAsync("Cancel");
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        Assert.DoesNotContain(visit.Requests, one => one.AbsolutePath == "/api/v2/organizations");
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/organizations/{name}")).Code);

        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await visit.ConfirmAsync("Send");
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("201");
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/organizations/{name}")).Code);
    }

    [SkippableFact]
    public async Task A_dot_in_place_of_a_name_is_not_sent_since_it_would_be_another_path()
    {
        await using var visit = await SignedInAsync("/docs/organizations");
        var form = await OpenAsync(visit, "delete-organization");
        foreach (var value in new[] { "..", ".", "" })
        {
            await form.GetByLabel("organization path").FillAsync(value);
            await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            Assert.False(await form.EvaluateAsync<bool>("form => form.checkValidity()"));
            await Expect(visit.Dialog).ToHaveCountAsync(0);
        }
    }

    [SkippableFact]
    public async Task A_stranger_signs_in_first_and_comes_back_to_the_operation()
    {
        await using var visit = await site.OpenAnonymousAsync("/docs/users");
        var card = visit.Page.Locator("#get-user");
        await card.GetByText("Try it").ClickAsync();
        await Expect(card.Locator("form")).ToBeHiddenAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visit.Page.GetByLabel("E-mail address").FillAsync("owner@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(Testing.Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visit.ArrivesAsync("/docs/users#get-user$");
        await card.GetByText("Try it").ClickAsync();
        await Expect(card.Locator("form")).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeHiddenAsync();

        // The session ends while the page is open.
        await visit.Page.Context.ClearCookiesAsync(new() { Name = SessionCookieNames.Session });
        await card.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Status)).ToContainTextAsync("401");
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task What_is_open_to_everybody_is_tried_without_a_session()
    {
        await using var visit = await site.OpenAnonymousAsync("/docs/general");
        var form = await OpenAsync(visit, "build-info");
        await form.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("200");
    }

    private async Task<Visit> SignedInAsync(string path)
    {
        // The first page that a session sees brings the cookie that its script sends back.
        var visit = await site.OpenAsync("/organizations");
        await visit.Page.GotoAsync(path);
        return visit;
    }

    private static async Task<ILocator> OpenAsync(Visit visit, string operation)
    {
        await visit.Page.Locator($"#{operation}").GetByText("Try it").ClickAsync();
        var form = visit.Page.Locator($"#{operation} form");
        await Expect(form).ToBeVisibleAsync();
        return form;
    }
}
