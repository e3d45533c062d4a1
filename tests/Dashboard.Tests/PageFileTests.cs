using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The lists as files, in a browser: a file when it works, a page when it does not.</summary>
[Collection(SiteCollection.Name)]
public sealed class PageFileTests(Site site)
{
    [SkippableTheory]
    [InlineData("/users", "users.csv")]
    [InlineData("/organizations/main/members", "members.csv")]
    [InlineData("/ai-seats", "ai-seats.csv")]
    public async Task A_list_is_saved_and_the_page_stays(string list, string name)
    {
        await using var visit = await site.OpenAsync(list);
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Equal(name, file.SuggestedFilename);
        Assert.Equal(list, visit.Path);
    }

    [SkippableTheory]
    [InlineData("/users/export?filter=bogus%3A1", 400, "bogus", "/users?filter=bogus%3A1")]
    [InlineData("/organizations/main/members/export?filter=bogus%3A1", 400, "bogus", "/organizations/main/members?filter=bogus%3A1")]
    [InlineData("/organizations/nowhere/members/export", 404, "Resource not found", "/organizations/nowhere/members")]
    [InlineData("/ai-seats/export.csv", 403, "You may not see this page", "/ai-seats")]
    public async Task A_failure_is_a_page_that_leads_back_to_the_list(string path, int status, string words, string list)
    {
        var client = status == 403 ? (await PersonIfBrowserAsync()).Client : null;
        await using var visit = await site.OpenAsync("/organizations", client);
        Assert.Equal(status, (await visit.Page.GotoAsync(path))!.Status);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToHaveAttributeAsync("href", list);
    }

    [SkippableTheory]
    [InlineData("/users/export?filter=ada", "/sign-in?return=%2Fusers%3Ffilter%3Dada")]
    [InlineData("/organizations/main/members/export", "/sign-in?return=%2Forganizations%2Fmain%2Fmembers")]
    [InlineData("/ai-seats/export.csv", "/sign-in?return=%2Fai-seats")]
    public async Task Strangers_sign_in_first_and_come_back_to_the_list(string path, string signIn)
    {
        await using var visit = await site.OpenAnonymousAsync(path);
        Assert.Equal(signIn, visit.Path);

        // A program is told so instead.
        var answer = await visit.Page.APIRequest.GetAsync(path, new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/csv" } });
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("application/json", answer.Headers["content-type"], StringComparison.Ordinal);
    }

    private async Task<(Guid Id, Testing.ApiClient Client)> PersonIfBrowserAsync()
    {
        Chromium.Require();
        return await site.Scenario.AddAsync(site.Unique("outsider"));
    }
}
