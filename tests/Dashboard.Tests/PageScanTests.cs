using Monolith.Dashboard.Tests.Browser;

namespace Monolith.Dashboard.Tests;

/// <summary>N-12: no finding of the accessibility scan in either theme, and nothing wider than the narrowest screen.</summary>
[Collection(PagesCollection.Name)]
public sealed class PageScanTests(Site site)
{
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
        "/dormancy",
        "/dormancy/1",
        "/audit",
        "/audit?filter=action:nothing",
        "/audit?filter=username:nobody-at-all");

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_both_themes_and_fits(string path)
    {
        Chromium.Require();
        var permissions = new[] { "file:read", "template:read", "template:use", "group:read", "workspace:start", "audit_log:read" }
            .Select(one => new { negate = false, resource_type = one.Split(':')[0], action = one.Split(':')[1] });
        await site.Scenario.Owner.PostAsync("/organizations/main/members/roles", new { name = "scanned", display_name = "A role with a long display name that has to wrap", organization_permissions = permissions });
        await site.Scenario.Owner.PostAsync("/organizations", new { name = "scanned-organization", display_name = new string('W', 64), description = new string('w', 500) });
        await site.Scenario.Owner.PostAsync("/organizations/main/groups", new { name = "scanned", display_name = new string('W', 64) });
        if ((await site.Scenario.Owner.GetAsync("/organizations/main/groups/scanned"))["id"] is { } group)
            await site.Scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{group}", new { add_users = new[] { site.Scenario.OwnerId } });
        var target = await site.Scenario.Owner.PostAsync("/notifications/targets", new { name = new string('W', 64), kind = "webhook", enabled = false, url = $"https://hooks.example.invalid/{new string('w', 200)}" });
        if (target["id"] is { } hook)
            await site.Scenario.Owner.PostAsync($"/notifications/targets/{hook}/test");
        await Seats.UseAsync(site.Scenario, [site.Scenario.OwnerId]);
        await Seats.GrantAsync(site.Scenario, 1);
        foreach (var dark in new[] { false, true })
        {
            await using var visit = await site.OpenAsync(path, options: new(Dark: dark, Width: 1440));
            var result = await visit.ScanAsync();
            Assert.NotEmpty(result.Passes);
            Assert.Empty(result.Violations.Select(one => $"{one.Id}: {string.Join(' ', one.Nodes.Select(node => node.Target))}"));
            foreach (var width in new[] { 360, 1600 })
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"wider than {width}");
            }
        }
    }
}
