using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Organizations: create, edit, delete.</summary>
[Collection(SiteCollection.Name)]
public sealed class OrganizationTests(Site site)
{
    private const string List = "/organizations";
    private const string Hostile = "</textarea><img src=x onerror=\"window.hit=1\"> 'x'";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_organization_is_created_and_its_members_are_shown(bool script)
    {
        await using var visit = await site.OpenAsync(List, options: new(Script: script));
        var name = site.Unique("made");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create organization" }).ClickAsync();
        var page = visit.Page.Locator("[data-panel]");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("1 to 32 letters, digits and single hyphens between them; not “new”, “create” or “default”.");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Display name").FillAsync($"Made {name}");
        await page.GetByLabel("Description").FillAsync("First line\nsecond line");
        await page.GetByLabel("Icon").FillAsync("/emojis/1f680.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();
        await visit.SaysAsync($"Made {name} was created.");
        Assert.Equal($"{List}/{name}/members", visit.Path);
        await Expect(visit.Page.Locator("nav.side")).ToContainTextAsync($"Made {name}");
        await Expect(visit.Row("owner")).ToBeVisibleAsync();
        var stored = await site.Scenario.Owner.GetAsync($"/organizations/{name}");
        Assert.Equal(($"Made {name}", "First line\nsecond line", "/emojis/1f680.png"), (Text(stored, "display_name"), Text(stored, "description"), Text(stored, "icon")));
    }

    [SkippableTheory]
    [InlineData("two--hyphens", "single hyphens")]
    [InlineData("default", "no reserved word")]
    [InlineData("MAIN", "Taken.")]
    public async Task A_bad_name_is_refused_beside_the_name_and_nothing_typed_is_lost(string name, string complaint)
    {
        await using var visit = await site.OpenAsync($"{List}/new");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visit.Page.GetByLabel("Display name").FillAsync("Kept");
        await visit.Page.GetByLabel("Description").FillAsync(Hostile);
        await visit.Page.GetByLabel("Icon").FillAsync("/kept.png");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-name-complaint")).ToContainTextAsync(complaint);
        await Expect(visit.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(name);
        await Expect(visit.Page.GetByLabel("Display name")).ToHaveValueAsync("Kept");
        await Expect(visit.Page.GetByLabel("Description")).ToHaveValueAsync(Hostile);
        await Expect(visit.Page.GetByLabel("Icon")).ToHaveValueAsync("/kept.png");
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => 'hit' in window"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_settings_are_reached_from_the_members_and_saved(bool script)
    {
        await using var visit = await site.OpenAsync("/sign-out", options: new(Script: script));
        var name = await OrganizationAsync();
        await visit.Page.GotoAsync($"{List}/{name}/members");
        await visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await Expect(visit.Page.Locator("nav.side [aria-current=page]")).ToHaveTextAsync("Settings");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync($"{name}-new");
        await visit.Page.GetByLabel("Display name").FillAsync("Other");
        await visit.Page.GetByLabel("Description").FillAsync("");
        await visit.Page.GetByLabel("Organization Auditor").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("The settings of Other were saved.");
        Assert.Equal($"{List}/{name}-new/settings", visit.Path);
        await Expect(visit.Page.GetByLabel("Organization Auditor")).ToBeCheckedAsync();
        var stored = await site.Scenario.Owner.GetAsync($"/organizations/{name}-new");
        Assert.Equal(("Other", "", "/icon.png"), (Text(stored, "display_name"), Text(stored, "description"), Text(stored, "icon")));
        Assert.Equal(["organization-auditor", "organization-workspace-access"], Roles(stored));

        // Without a display name of its own, people read the name.
        await visit.Page.GetByLabel("Display name").FillAsync("");
        await visit.Page.GetByLabel("Organization Auditor").UncheckAsync();
        await visit.Page.GetByLabel("Organization Workspace Access").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync($"The settings of {name}-new were saved.");
        Assert.Empty(Roles(await site.Scenario.Owner.GetAsync($"/organizations/{name}-new")));
    }

    [SkippableFact]
    public async Task Settings_that_are_refused_keep_what_was_typed_and_chosen()
    {
        await using var visit = await site.OpenAsync("/sign-out");
        var name = await OrganizationAsync();
        await visit.Page.GotoAsync($"{List}/{name}/settings");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("main");
        await visit.Page.GetByLabel("Description").FillAsync("Typed");
        await visit.Page.GetByLabel("Organization Auditor").CheckAsync();
        await visit.Page.GetByLabel("Organization Workspace Access").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-name-complaint")).ToContainTextAsync("Taken.");
        await Expect(visit.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("main");
        await Expect(visit.Page.GetByLabel("Description")).ToHaveValueAsync("Typed");
        await Expect(visit.Page.GetByLabel("Organization Auditor")).ToBeCheckedAsync();
        await Expect(visit.Page.GetByLabel("Organization Workspace Access")).Not.ToBeCheckedAsync();
        Assert.Equal(["organization-workspace-access"], Roles(await site.Scenario.Owner.GetAsync($"/organizations/{name}")));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_needs_the_name_typed_and_an_empty_organization(bool script)
    {
        await using var visit = await site.OpenAsync("/sign-out", options: new(Script: script));
        var name = await OrganizationAsync();
        var person = await site.PersonAsync();
        Assert.Equal(200, (await site.Scenario.Owner.PostAsync($"/organizations/{name}/members/{person}")).Code);
        var workspace = Guid.CreateVersion7();
        await ReportAsync(name, workspace, 1, "start");
        await visit.Page.GotoAsync($"{List}/{name}/settings");
        await Expect(visit.Page.Locator("#delete")).ToContainTextAsync("It cannot be brought back.");
        await DeleteAsync("somebody-else");
        await Expect(visit.Page.Locator("#field-confirm-complaint")).ToHaveTextAsync("This is not the name of the organization.");
        await Expect(Confirm()).ToHaveValueAsync("somebody-else");
        await Expect(Confirm()).ToBeFocusedAsync();
        await DeleteAsync(name);
        await Expect(visit.Page.Locator("#delete").GetByRole(AriaRole.Alert)).ToContainTextAsync("It still has 1 other member and 1 workspace.");
        await Expect(Confirm()).ToHaveValueAsync(name);
        await Expect(visit.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(name);
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/organizations/{name}")).Code);
        await ReportAsync(name, workspace, 2, "delete");
        Assert.True((await site.Scenario.Owner.DeleteAsync($"/organizations/{name}/members/{person}")).Code < 300);
        await DeleteAsync(name.ToUpperInvariant());
        await visit.SaysAsync($"Team {name} was deleted.");
        Assert.Equal(List, visit.Path);
        await Expect(visit.Page.Locator("#organizations")).Not.ToContainTextAsync($"Team {name}");
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/organizations/{name}")).Code);

        ILocator Confirm() => visit.Page.GetByLabel("Name of the organization to delete");

        async Task DeleteAsync(string typed)
        {
            await Confirm().FillAsync(typed);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete organization" }).ClickAsync();
        }
    }

    [SkippableFact]
    public async Task The_default_organization_says_why_it_stays()
    {
        await using var visit = await site.OpenAsync($"{List}/main/settings");
        await Expect(visit.Page.Locator("#delete")).ToContainTextAsync("This is the default organization, and it cannot be deleted");
        await Expect(visit.Page.Locator("#delete form")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#default-roles")).ToContainTextAsync("also those who join later");
    }

    [SkippableFact]
    public async Task Who_may_only_read_is_offered_nothing_and_refused()
    {
        Chromium.Require();
        var (_, reader) = await site.Scenario.AddAsync(site.Unique("reader"), "auditor");
        await using var visit = await site.OpenAsync(List, reader);
        await Expect(visit.Page.Locator("#organizations")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#create-organization")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Members" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("nav.side").GetByRole(AriaRole.Link, new() { Name = "Settings" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await visit.Page.GotoAsync($"{List}/new"))!.Status);
        Assert.Equal(404, (await visit.Page.GotoAsync($"{List}/main/settings"))!.Status);
        await Expect(visit.Page.Locator("main h1")).ToHaveTextAsync("Not found");
    }

    [SkippableFact]
    public async Task Who_may_update_alone_saves_texts_and_neither_changes_roles_nor_deletes()
    {
        await using var visit = await site.OpenAsync("/sign-out");
        var name = await OrganizationAsync();
        var (id, editor) = await site.Scenario.AddAsync(site.Unique("editor"));
        await site.Scenario.Owner.PostAsync($"/organizations/{name}/members/{id}");
        object[] permissions = [new { negate = false, resource_type = "organization", action = "update" }];
        await site.Scenario.Owner.PostAsync($"/organizations/{name}/members/roles", new { name = "editor", organization_permissions = permissions });
        await site.Scenario.Owner.PutAsync($"/organizations/{name}/members/{id}/roles", new { roles = new[] { "organization-admin" } });
        await using var theirs = await site.OpenAsync($"{List}/{name}/settings", editor);

        // The right to delete is lost while the page is open.
        await site.Scenario.Owner.PutAsync($"/organizations/{name}/members/{id}/roles", new { roles = new[] { "editor" } });
        await theirs.Page.GetByLabel("Name of the organization to delete").FillAsync(name);
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Delete organization" }).ClickAsync();
        await Expect(theirs.Page.Locator("main h1")).ToHaveTextAsync("You may not see this page");
        await theirs.Page.GotoAsync($"{List}/{name}/settings");
        await Expect(theirs.Page.Locator("#delete")).ToHaveCountAsync(0);
        await Expect(theirs.Page.GetByLabel("Organization Workspace Access")).ToBeDisabledAsync();
        await Expect(theirs.Page.GetByLabel("Organization Workspace Access")).ToBeCheckedAsync();
        await theirs.Page.GetByLabel("Display name").FillAsync("Edited");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await theirs.SaysAsync("The settings of Edited were saved.");
        Assert.Equal(["organization-workspace-access"], Roles(await site.Scenario.Owner.GetAsync($"/organizations/{name}")));
    }

    [SkippableFact]
    public async Task Hostile_texts_are_text_everywhere()
    {
        await using var visit = await site.OpenAsync("/sign-out");
        var name = site.Unique("hostile");
        Assert.Equal(201, (await site.Scenario.Owner.PostAsync("/organizations", new { name, display_name = Hostile, description = Hostile, icon = Hostile })).Code);
        foreach (var path in new[] { List, $"{List}/{name}/members", $"{List}/{name}/settings" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("main bdi").Filter(new() { HasText = "</textarea><img src=x onerror=" })).ToBeVisibleAsync();
            await visit.Page.SetViewportSizeAsync(360, 740);
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
            await visit.Page.SetViewportSizeAsync(1280, 800);
        }

        foreach (var field in new[] { "Display name", "Description", "Icon" })
            await Expect(visit.Page.GetByLabel(field)).ToHaveValueAsync(Hostile);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync("were saved");
        Assert.Equal(Hostile, Text(await site.Scenario.Owner.GetAsync($"/organizations/{name}"), "description"));
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => 'hit' in window"));
        Assert.Equal(0, await visit.Page.Locator("img").CountAsync());
    }

    private async Task<string> OrganizationAsync()
    {
        var name = site.Unique("team");
        Assert.Equal(201, (await site.Scenario.Owner.PostAsync("/organizations", new { name, display_name = $"Team {name}", description = "About", icon = "/icon.png" })).Code);
        return name;
    }

    private async Task ReportAsync(string organization, Guid workspace, int number, string transition)
    {
        var id = (await site.Scenario.Owner.GetAsync($"/organizations/{organization}"))["id"]!.GetValue<Guid>();
        object[] builds =
        [
            new
            {
                id = Guid.CreateVersion7(), workspace_id = workspace, workspace_name = "dev", owner_id = site.Scenario.OwnerId, organization_id = id,
                build_number = number, transition, has_ai_task = false, created_at = $"2026-01-0{number}T00:00:00Z",
            },
        ];
        Assert.Equal(200, (await site.Scenario.Owner.PostAsync("/ai-usage/workspace-builds", new { builds })).Code);
    }

    private static string Text(ApiAnswer organization, string field) => organization[field]!.GetValue<string>();

    private static IEnumerable<string> Roles(ApiAnswer organization) =>
        organization["default_org_member_roles"]!.AsArray().Select(role => role!.GetValue<string>()).Order(StringComparer.Ordinal);
}
