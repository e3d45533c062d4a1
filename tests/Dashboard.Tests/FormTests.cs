using Monolith.Dashboard.Tests.Browser;

namespace Monolith.Dashboard.Tests;

/// <summary>What no form may do.</summary>
[Collection(PagesCollection.Name)]
public sealed class FormTests(Site site)
{
    [SkippableTheory]
    [InlineData("/users/new", "name")]
    [InlineData("/organizations/main/roles/new", "display_name")]
    [InlineData("/licenses/upload", "license")]
    [InlineData("/organizations/new", "display_name")]
    [InlineData("/organizations/main/settings", "description")]
    public async Task A_NUL_in_a_field_is_refused_and_is_no_failure_of_the_server(string path, string field)
    {
        await using var visit = await site.OpenAsync(path);
        var answer = await visit.Page.EvaluateAsync<string>(
            """
            async field => {
              const body = new FormData(document.querySelector(`main [name=${field}]`).form);
              body.set(field, 'a\0b');
              const answer = await fetch(location.href, { method: 'POST', body, headers: { Accept: 'text/html' } });
              return `${answer.status} ${await answer.text()}`;
            }
            """,
            field);
        Assert.StartsWith("400", answer, StringComparison.Ordinal);
        Assert.Contains("A text of the form holds a character that texts cannot hold.", answer, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/organizations/main/roles/nothing")]
    [InlineData("/organizations/nothing/roles")]
    [InlineData("/organizations/nothing/settings")]
    [InlineData("/licenses/999999/remove")]
    [InlineData("/users/nothing/seat")]
    public async Task What_does_not_exist_is_a_page_of_its_own(string path)
    {
        await using var visit = await site.OpenAsync("/ai-seats");
        Assert.Equal(404, (await visit.Page.GotoAsync(path))!.Status);
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("main h1")).ToHaveTextAsync("Not found");
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("nav.side")).ToBeVisibleAsync();
    }
}
