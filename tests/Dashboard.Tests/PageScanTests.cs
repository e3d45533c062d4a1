using System.Text.RegularExpressions;
using Monolith.Dashboard.Tests.Browser;

namespace Monolith.Dashboard.Tests;

/// <summary>N-12: no finding of the accessibility scan in either theme, and nothing wider than the narrowest screen.</summary>
[Collection(PagesCollection.Name)]
public sealed class PageScanTests(Site site)
{
    // One server for the collection.
    private static Task? _prepared;
    private static string _target = "";
    private static string _token = "";

    public static TheoryData<string> Pages => new(
        "/organizations/main/roles",
        "/organizations/main/roles?filter=custom",
        "/organizations/main/roles/new?show=all",
        "/organizations/main/roles/scanned",
        "/organizations/main/roles/scanned/edit",
        "/organizations/main/roles/scanned/delete",
        "/organizations/main/roles/organization-admin",
        "/organizations/main/groups",
        "/organizations/main/groups/new",
        "/organizations/main/groups/scanned",
        "/organizations/main/groups/scanned/add",
        "/organizations/main/groups/scanned/settings",
        "/organizations/main/groups/scanned/delete",
        "/organizations/main/groups/Everyone",
        "/user-groups",
        "/organizations",
        "/organizations/new",
        "/organizations/main/settings",
        "/organizations/scanned-organization/settings",
        "/licenses",
        "/licenses/upload",
        "/ai-seats",
        "/ai-seats?filter=nobody-at-all",
        "/users/owner",
        "/users/owner/profile",
        "/organizations/switch",
        "/go?q=owner",
        "/notifications",
        "/notifications?status=dead",
        "/notifications/rules/seats_used",
        "/users/owner/invitation",
        "/notifications/targets/new?kind=webhook",
        "/notifications/targets/new?kind=email",
        "/ai-seats?filter=ai-seat-idle:30",
        "/ai-seats/what-if",
        "/ai-seats/what-if?limit=x&dormant_after_days=30",
        "/ai-seats/free",
        "/ai-seats/free?user=owner&user=nobody",
        "/users/import",
        "/organizations/main/members/import",
        "/users?size=10",
        "/users/new",
        "/users/bulk?action=suspend&user=owner&user=scanned-user&user=nobody",
        "/users/bulk?action=activate&all=yes",
        "/users/undo",
        "/users/scanned-user",
        "/users/scanned-user/suspend",
        "/users/scanned-user/activate",
        "/users/scanned-user/delete",
        "/users/scanned-user/roles",
        "/users/scanned-user/password",
        "/users/owner/seat",
        "/organizations/main/members?size=10",
        "/organizations/main/members?filter=nobody-at-all",
        "/organizations/main/members/add",
        "/organizations/main/members/bulk?action=add-role&user=scanned-user",
        "/organizations/main/members/scanned-user/roles",
        "/organizations/main/members/scanned-user/remove",
        "/organizations/main/groups/scanned/remove?user=owner",
        "/licenses/{license}/remove",
        "/notifications/targets/{target}",
        "/notifications/targets/{target}/delete",
        "/notifications/targets/{target}/secret",
        "/settings/account",
        "/settings/tokens",
        "/settings/tokens/new",
        "/settings/tokens/{token}/delete",
        "/cli-auth",
        "/sign-out",
        "/no-such-page",
        "/dormancy",
        "/dormancy/1",
        "/audit",
        "/audit?filter=action:nothing",
        "/audit?filter=username:nobody-at-all");

    /// <summary>Every page for people who are signed in has an address above; those below /docs have scans of their own.</summary>
    [SkippableFact]
    public async Task No_page_is_left_out()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var pages = new Walk(visit, site.Scenario.Server.Services, "").Pages.Where(page => page != "/" && !page.StartsWith("/docs", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count > 50);
        List<string> paths = [.. ((IEnumerable<object[]>)Pages).Select(row => ((string)row[0]).Split('?')[0])];
        Assert.All(pages, page => Assert.True(paths.Exists(path => Regex.IsMatch(path, $"^{Regex.Replace(page, @"\{[^}]+\}", "[^/]+")}$")), page));
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_both_themes_and_fits(string path)
    {
        path = await PrepareAsync(path);
        foreach (var (dark, script, widths) in Looks)
        {
            await using var visit = await site.OpenAsync(path, options: new(Dark: dark, Script: script, Width: 1440));
            foreach (var width in widths)
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                Assert.Empty((await visit.FaultsOfScanAsync()).Select(fault => $"{width} px, {(dark ? "dark" : "light")}, {(script ? "with" : "without")} script: {fault}"));
            }

            foreach (var width in new[] { 360, 1600 })
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"wider than {width}");
            }
        }
    }

    /// <summary>By Tab alone, from the first stop to the last: each is seen, and shows that it has the focus; none is left out.</summary>
    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_walked_by_keyboard_with_the_focus_in_sight(string path)
    {
        path = await PrepareAsync(path);
        foreach (var width in new[] { 1280, 390 })
        {
            await using var visit = await site.OpenAsync(path, options: new(Width: width));
            Assert.Empty(await visit.FaultsOfWalkAsync());
        }
    }

    // Colors are those of the theme in any width, and everything else is the same in both.
    // MONOLITH_SCAN=all looks at every combination all the same: some minutes more.
    private static (bool Dark, bool Script, int[] Widths)[] Looks => Environment.GetEnvironmentVariable("MONOLITH_SCAN") == "all"
        ? [(false, true, Widths), (true, true, Widths), (false, false, Widths), (true, false, Widths)]
        : [(false, true, Widths), (true, true, [390, 1440]), (false, false, [390])];

    private static int[] Widths => [390, 720, 1440];

    private async Task<string> PrepareAsync(string path)
    {
        Chromium.Require();
        await (_prepared ??= MakeAsync());
        await Seats.GrantAsync(site.Scenario, 1);
        return path
            .Replace("{license}", (await site.Scenario.Owner.GetAsync("/licenses")).Json!.AsArray()[0]!["id"]!.ToString(), StringComparison.Ordinal)
            .Replace("{target}", _target, StringComparison.Ordinal)
            .Replace("{token}", _token, StringComparison.Ordinal);
    }

    private async Task MakeAsync()
    {
        var permissions = new[] { "file:read", "template:read", "template:use", "group:read", "workspace:start", "audit_log:read" }
            .Select(one => new { negate = false, resource_type = one.Split(':')[0], action = one.Split(':')[1] });
        await Seats.GrantAsync(site.Scenario, 1);
        await site.Scenario.Owner.PostAsync("/organizations/main/members/roles", new { name = "scanned", display_name = "A role with a long display name that has to wrap", organization_permissions = permissions });
        await site.Scenario.Owner.PostAsync("/organizations", new { name = "scanned-organization", display_name = new string('W', 64), description = new string('w', 500) });
        await site.Scenario.Owner.PostAsync("/organizations/main/groups", new { name = "scanned", display_name = new string('W', 64) });
        var group = (await site.Scenario.Owner.GetAsync("/organizations/main/groups/scanned"))["id"];
        await site.Scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{group}", new { add_users = new[] { site.Scenario.OwnerId } });
        _target = (await site.Scenario.Owner.PostAsync("/notifications/targets", new { name = new string('W', 64), kind = "webhook", enabled = false, url = $"https://hooks.example.invalid/{new string('w', 200)}" }))["id"]!.ToString();
        await site.Scenario.Owner.PostAsync($"/notifications/targets/{_target}/test");
        await Seats.UseAsync(site.Scenario, [site.Scenario.OwnerId, await site.Scenario.CreateUserAsync("scanned-user")]);
        foreach (var name in new[] { "owner", "scanned-user" })
            Assert.NotEmpty((await site.Scenario.Owner.GetAsync($"/users/{name}/ai-seat"))["reasons"]!.AsArray());
        // More than a page of people, so that paging and what goes with it is there.
        await site.ServiceAccountsAsync(Enumerable.Range(10, 11).Select(number => $"scanned-{number}"));
        await site.Scenario.Owner.PostAsync("/users/me/keys/tokens", new { token_name = "scanned" });
        _token = (await site.Scenario.Owner.GetAsync("/users/me/keys/tokens")).Json!.AsArray()[0]!["id"]!.ToString();
    }
}
