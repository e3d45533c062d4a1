using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The roles of an organization (dashboard specification 3 and 8.6).</summary>
[Collection(PagesCollection.Name)]
public sealed class RolePageTests(Site site)
{
    private const string Path = "/organizations/main/roles";

    [SkippableFact]
    public async Task The_list_shows_both_kinds_with_permissions_and_holders()
    {
        await using var visit = await site.OpenAsync("/");
        var role = await RoleAsync("template:read", "template:use", "group:read", "workspace:start", "audit_log:read", "file:read");
        await HoldAsync(role, await site.PersonAsync(), await site.PersonAsync());
        await visit.Page.GotoAsync(Path);
        var row = visit.Page.Locator($"#role-{role}");
        await Expect(row.GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync("2");
        await row.GetByRole(AriaRole.Button, new() { Name = $"+1: show all 5 lines of {role}" }).ClickAsync();
        await Expect(visit.Page.Locator($"#pills-{role}")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator($"#pills-{role}")).ToContainTextAsync("Templates read, use");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator($"#pills-{role}")).ToBeHiddenAsync();
        await Expect(visit.Page.Locator("#role-organization-workspace-access")).ToContainTextAsync("Everybody");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Built-in roles" }).ClickAsync();
        await Expect(visit.Page.Locator("#custom-roles")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#role-organization-admin")).ToBeVisibleAsync();
        Assert.Equal($"{Path}?filter=built-in", visit.Path);
    }

    [SkippableFact]
    public async Task The_number_of_members_leads_to_them()
    {
        await using var visit = await site.OpenAsync("/");
        var (role, holder) = (await RoleAsync("template:read"), await site.PersonAsync("holder"));
        await HoldAsync(role, holder);
        await visit.Page.GotoAsync(Path);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = $"1 member with {role}", Exact = true }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(visit.Row(holder)).ToBeVisibleAsync();
        Assert.Equal($"/organizations/main/members?filter=org-role%3A{role}", visit.Path);
        await Expect(visit.Page.GetByLabel("Role", new() { Exact = true })).ToHaveValueAsync($"org-role:{role}");
    }

    [SkippableFact]
    public async Task N_03_N_04_cells_match_headers_and_every_action_has_a_name_of_its_own()
    {
        await using var visit = await site.OpenAsync("/");
        await RoleAsync("template:read");
        await RoleAsync("file:read");
        await visit.Page.GotoAsync(Path);
        foreach (var table in await visit.Page.Locator("table").AllAsync())
        {
            var headers = await table.Locator("thead th").CountAsync();
            foreach (var row in await table.Locator("tbody tr").AllAsync())
                Assert.Equal(headers, await row.Locator("> *").CountAsync());
        }

        var names = await visit.Page.Locator("table button").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label'))");
        Assert.NotEmpty(names);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [SkippableFact]
    public async Task A_role_is_created_with_the_matrix()
    {
        await using var visit = await site.OpenAsync(Path);
        var name = site.Unique("creator");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create role" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("Name", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("1 to 32 letters, digits and single hyphens. It cannot be changed later.");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visit.Page.GetByLabel("Display name").FillAsync("Creators");
        var groups = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Groups group" });
        await groups.GetByLabel("Select all actions of Groups").CheckAsync();
        await groups.GetByLabel("Delete").UncheckAsync();
        Assert.True(await groups.GetByLabel("Select all actions of Groups").EvaluateAsync<bool>("box => box.indeterminate"));
        await Expect(visit.Page.Locator("[data-checked]")).ToHaveTextAsync("3");
        var file = visit.Page.Locator("#resource-file");
        await Expect(file).ToBeHiddenAsync();
        await visit.Page.GetByLabel("Filter resources").FillAsync("files");
        await Expect(file).ToBeVisibleAsync();
        await Expect(groups).ToBeHiddenAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await file.GetByLabel("Read").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();
        await visit.SaysAsync($"Role {name} was created.");
        Assert.Equal(["file:read", "group:create", "group:read", "group:update"], await PermissionsAsync(name));
    }

    [SkippableFact]
    public async Task Hidden_permissions_are_announced_and_kept()
    {
        await using var visit = await site.OpenAsync("/");
        var role = await RoleAsync("file:read", "template:read");
        await visit.Page.GotoAsync($"{Path}/{role}/edit");
        await Expect(visit.Page.Locator("#hidden-set")).ToHaveTextAsync("1 permission is set in here");
        await Expect(visit.Page.Locator("summary")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Show all resources \(\d+ hidden\)"));
        await visit.Page.Locator("#resource-template").GetByLabel("Read").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync($"Role {role} was saved.");
        Assert.Equal(["file:read"], await PermissionsAsync(role));
        await visit.Page.GotoAsync($"{Path}/{role}/edit?show=all");
        await Expect(visit.Page.Locator("#resource-file")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task N_08_a_stale_version_is_refused_and_both_are_shown()
    {
        await using var visit = await site.OpenAsync("/");
        var role = await RoleAsync("template:read");
        await visit.Page.GotoAsync($"{Path}/{role}/edit");
        await PutAsync(role, "group:read");
        await visit.Page.Locator("#resource-workspace").GetByLabel("Start").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var alert = visit.Page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("Somebody else changed this role while you were editing.");
        await Expect(alert).ToContainTextAsync("Groups: Read");
        await Expect(alert).ToContainTextAsync("Templates: Read; Workspaces: Start");
        Assert.Equal(["group:read"], await PermissionsAsync(role));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("was saved");
        Assert.Equal(["template:read", "workspace:start"], await PermissionsAsync(role));
    }

    [SkippableFact]
    public async Task N_05_deleting_says_who_loses_the_role_and_works_by_keyboard()
    {
        await using var visit = await site.OpenAsync("/");
        var role = await RoleAsync("template:read");
        await HoldAsync(role, await site.PersonAsync(), await site.PersonAsync(), await site.PersonAsync());
        await visit.Page.GotoAsync(Path);
        await OpenDeleteAsync();
        await Expect(visit.Dialog.Locator("#losers")).ToHaveTextAsync("3 members hold this role and lose it.");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        Assert.Equal($"actions-{role}", await visit.FocusAsync());
        await OpenDeleteAsync();
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).PressAsync("Enter");
        await visit.SaysAsync($"Role {role} was deleted.");
        await Expect(visit.Page.Locator($"#role-{role}")).ToHaveCountAsync(0);

        async Task OpenDeleteAsync()
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {role}", Exact = true }).PressAsync("Enter");
            await visit.Page.Locator($"#menu-{role}").GetByRole(AriaRole.Link, new() { Name = "Delete…" }).PressAsync("Enter");
            await Expect(visit.Dialog.Locator("h1")).ToHaveTextAsync("Delete role");
        }
    }

    [SkippableFact]
    public async Task N_06_create_edit_and_delete_work_without_script()
    {
        await using var visit = await site.OpenAsync($"{Path}/new", options: new(Script: false));
        var name = site.Unique("plain");
        await Expect(visit.Page.Locator("[data-check-all] >> visible=true")).ToHaveCountAsync(0);
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visit.Page.Locator("#resource-template").GetByLabel("Read").CheckAsync();
        await visit.Page.GetByText("Show all resources").ClickAsync();
        await visit.Page.Locator("#resource-file").GetByLabel("Create").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();
        await visit.SaysAsync("was created");
        Assert.Equal(["file:create", "template:read"], await PermissionsAsync(name));
        await visit.Page.GotoAsync($"{Path}/{name}/edit");
        await visit.Page.Locator("#resource-template").GetByLabel("Read").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("was saved");
        Assert.Equal(["file:create"], await PermissionsAsync(name));
        await visit.Page.GotoAsync($"{Path}/{name}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Delete…" }).ClickAsync();
        await Expect(visit.Page.Locator("#losers")).ToHaveTextAsync("Nobody holds this role.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).ClickAsync();
        await visit.SaysAsync("was deleted");
        Assert.Equal(Path, visit.Path);
    }

    [SkippableTheory]
    [InlineData("two--hyphens", "single hyphens between them")]
    [InlineData("owner", "is reserved")]
    [InlineData("taken-name", "already exists")]
    public async Task A_bad_name_is_refused_beside_the_name_and_nothing_typed_is_lost(string name, string complaint)
    {
        await using var visit = await site.OpenAsync($"{Path}/new");
        await site.Scenario.Owner.PostAsync("/organizations/main/members/roles", new { name = "taken-name" });
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visit.Page.GetByLabel("Display name").FillAsync("Kept");
        await visit.Page.Locator("#resource-template").GetByLabel("Read").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-name-complaint")).ToContainTextAsync(complaint);
        await Expect(visit.Page.GetByLabel("Display name")).ToHaveValueAsync("Kept");
        await Expect(visit.Page.Locator("#resource-template").GetByLabel("Read")).ToBeCheckedAsync();
    }

    [SkippableFact]
    public async Task Hostile_display_names_are_text_everywhere()
    {
        const string Hostile = "<img src=x onerror=\"window.hit=1\"> & {{7*7}} 'quoted'";
        await using var visit = await site.OpenAsync("/");
        var role = site.Unique("hostile");
        await site.Scenario.Owner.PostAsync("/organizations/main/members/roles", new { name = role, display_name = Hostile });
        foreach (var path in new[] { Path, $"{Path}/{role}", $"{Path}/{role}/delete" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("<img src=x onerror=");
        }

        await visit.Page.GotoAsync($"{Path}/{role}/edit");
        await Expect(visit.Page.GetByLabel("Display name")).ToHaveValueAsync(Hostile);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("was saved");
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => 'hit' in window"));
        Assert.Equal(0, await visit.Page.Locator("img").CountAsync());
    }

    [SkippableFact]
    public async Task Built_in_roles_can_be_read_and_not_changed()
    {
        await using var visit = await site.OpenAsync($"{Path}/organization-auditor");
        await Expect(visit.Page.Locator("#page-title")).ToHaveTextAsync("Organization Auditor");
        await Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "Templates template" })).ToContainTextAsync("View insights");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Edit role" })).ToHaveCountAsync(0);
        Assert.Equal(404, (await visit.Page.GotoAsync($"{Path}/organization-auditor/edit"))!.Status);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Built-in roles cannot be changed or deleted.");
    }

    [SkippableFact]
    public async Task A_member_reads_and_is_offered_nothing_else()
    {
        var role = await RoleAsync("template:read");
        var (_, member) = await site.Scenario.AddAsync(site.Unique("reader"));
        await using var visit = await site.OpenAsync(Path, member);
        await Expect(visit.Page.Locator($"#role-{role}")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create role" })).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".c-actions")).ToHaveCountAsync(0);
        Assert.Equal(403, (await visit.Page.GotoAsync($"{Path}/new"))!.Status);
        Assert.Equal(403, (await visit.Page.GotoAsync($"{Path}/{role}/edit"))!.Status);
        Assert.Equal(403, (await visit.Page.GotoAsync($"{Path}/{role}/delete"))!.Status);
    }

    [SkippableFact]
    public async Task Actions_that_the_reader_may_not_pass_on_are_off()
    {
        var (id, admin) = await site.Scenario.AddAsync(site.Unique("admin"));
        await site.Scenario.Owner.PutAsync($"/organizations/main/members/{id}/roles", new { roles = new[] { "organization-admin" } });
        await using var visit = await site.OpenAsync($"{Path}/new", admin);
        var workspaces = visit.Page.Locator("#resource-workspace");
        await Expect(workspaces.GetByLabel("Connect over SSH")).ToBeDisabledAsync();
        await workspaces.GetByLabel("Select all").CheckAsync();
        await Expect(workspaces.GetByLabel("Start")).ToBeCheckedAsync();
        await Expect(workspaces.GetByLabel("Connect over SSH")).Not.ToBeCheckedAsync();
    }

    [SkippableFact]
    public async Task Leaving_with_changes_asks_first()
    {
        await using var visit = await site.OpenAsync($"{Path}/new");
        var asked = 0;
        visit.Page.Dialog += async (_, dialog) =>
        {
            asked++;
            Assert.Equal("beforeunload", dialog.Type);
            await dialog.AcceptAsync();
        };
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        Assert.Equal(0, asked);
        await visit.Page.GotoAsync($"{Path}/new");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("changed");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await visit.ArrivesAsync($"{Path}$");
        Assert.Equal(1, asked);
    }

    private async Task<string> RoleAsync(params string[] permissions)
    {
        var name = site.Unique("role");
        var answer = await site.Scenario.Owner.PostAsync("/organizations/main/members/roles", Body(name, permissions));
        Assert.Equal(200, answer.Code);
        return name;
    }

    private async Task PutAsync(string name, params string[] permissions) =>
        Assert.Equal(200, (await site.Scenario.Owner.PutAsync("/organizations/main/members/roles", Body(name, permissions))).Code);

    private static object Body(string name, string[] permissions) =>
        new { name, organization_permissions = permissions.Select(one => new { negate = false, resource_type = one.Split(':')[0], action = one.Split(':')[1] }) };

    private async Task HoldAsync(string role, params string[] people)
    {
        foreach (var person in people)
            Assert.Equal(200, (await site.Scenario.Owner.PutAsync($"/organizations/main/members/{person}/roles", new { roles = new[] { role } })).Code);
    }

    private async Task<string[]> PermissionsAsync(string role)
    {
        var roles = (await site.Scenario.Owner.GetAsync("/organizations/main/members/roles")).Json!.AsArray();
        var permissions = (JsonArray)roles.Single(one => (string?)one!["name"] == role)!["organization_permissions"]!;
        return [.. permissions.Select(one => $"{one!["resource_type"]}:{one["action"]}").Order(StringComparer.Ordinal)];
    }
}
