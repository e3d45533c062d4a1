using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>What can be done with one user (dashboard specification 1.15: U and UD cases).</summary>
[Collection(SiteCollection.Name)]
public sealed class UserActionTests(Site site)
{
    [SkippableFact]
    public async Task U_01_suspending_names_the_user_reports_and_refreshes_the_list()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Suspend…");
        await Expect(visit.Dialog).ToContainTextAsync($"User {name}");
        await visit.ConfirmAsync("Suspend");
        await visit.SaysAsync($"User {name} is suspended.");
        await Expect(visit.Row(name)).ToContainTextAsync("Suspended");
        Assert.Equal("suspended", (await UserAsync(name))["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task U_02_and_UD_01_a_refused_suspension_stays_in_the_dialog_with_the_servers_words()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Suspend…");
        await SetRolesAsync(name, "owner");
        await visit.ConfirmAsync("Suspend");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("An owner cannot be suspended.");
        await Expect(visit.Page.Locator("[data-flash]")).ToHaveCountAsync(0);
        Assert.Equal("active", (await UserAsync(name))["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task U_04_deleting_needs_the_name_typed()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Delete…");
        await visit.Dialog.GetByLabel("Name of the user to delete").FillAsync("somebody-else");
        await visit.ConfirmAsync("Delete");
        await Expect(visit.Dialog).ToContainTextAsync("This is not the name of the user.");
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/users/{name}")).Code);
        await visit.Dialog.GetByLabel("Name of the user to delete").FillAsync(name);
        await visit.ConfirmAsync("Delete");
        await visit.SaysAsync($"User {name} was deleted.");
        await Expect(visit.Rows).ToHaveCountAsync(0);
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/users/{name}")).Code);
    }

    [SkippableFact]
    public async Task U_05_and_UD_02_a_refused_deletion_stays_in_the_dialog()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Delete…");
        await ReportWorkspaceAsync(name);
        await visit.Dialog.GetByLabel("Name of the user to delete").FillAsync(name);
        await visit.ConfirmAsync("Delete");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The user still has workspaces.");
        await Expect(visit.Row(name)).ToHaveCountAsync(1);
    }

    [SkippableFact]
    public async Task U_06_activating_a_suspended_user()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit, "suspend");
        await visit.ChooseAsync(name, "Activate…");
        await visit.ConfirmAsync("Activate");
        await visit.SaysAsync($"User {name} is active again.");
        await Expect(visit.Row(name)).ToContainTextAsync("Active");
        Assert.Equal("active", (await UserAsync(name))["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task U_07_and_UD_03_a_refused_activation_shows_the_servers_words()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit, "suspend");
        await visit.ChooseAsync(name, "Activate…");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        await site.Scenario.Owner.DeleteAsync($"/users/{name}");
        await visit.ConfirmAsync("Activate");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Resource not found");
    }

    [SkippableFact]
    public async Task U_10_adding_a_role_keeps_the_others_and_the_row_shows_both()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await SetRolesAsync(name, "template-admin");
        await visit.ChooseAsync(name, "Edit roles");
        await visit.Dialog.GetByLabel("Auditor").CheckAsync();
        await visit.ConfirmAsync("Save roles");
        await visit.SaysAsync($"The roles of User {name} were saved.");
        await Expect(visit.Row(name)).ToContainTextAsync("Template Admin");
        await Expect(visit.Row(name)).ToContainTextAsync("Auditor");
        Assert.Equal(["auditor", "template-admin"], Roles(await UserAsync(name)));
    }

    [SkippableFact]
    public async Task U_11_and_U_12_a_refused_role_change_shows_the_servers_words_and_keeps_the_choice()
    {
        var (_, admin) = await site.Scenario.AddAsync(site.Unique("admin"), "owner");
        await using var visit = await site.OpenAsync("/sign-in", admin);
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Edit roles");
        await visit.Dialog.GetByLabel("Auditor").CheckAsync();

        // In the meantime the administrator loses the right.
        var me = (await admin.GetAsync("/users/me"))["username"]!.GetValue<string>();
        await SetRolesAsync(me, "user-admin");
        await visit.ConfirmAsync("Save roles");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("not authorized to assign role \"auditor\"");
        Assert.Empty(Roles(await UserAsync(name)));
    }

    [SkippableFact]
    public async Task N_08_a_stale_version_is_refused_both_sets_are_shown_and_saving_again_is_a_choice()
    {
        await using var visit = await site.OpenAsync("/sign-in");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Edit roles");
        await visit.Dialog.GetByLabel("Auditor").CheckAsync();
        await SetRolesAsync(name, "template-admin");
        await visit.ConfirmAsync("Save roles");
        await Expect(visit.Dialog.Locator("#roles-stored")).ToHaveTextAsync("Template Admin");
        await Expect(visit.Dialog.Locator("#roles-wanted")).ToHaveTextAsync("Auditor");
        Assert.Equal(["template-admin"], Roles(await UserAsync(name)));
        await visit.ConfirmAsync("Save roles");
        await visit.SaysAsync("were saved");
        Assert.Equal(["auditor"], Roles(await UserAsync(name)));
    }

    [SkippableFact]
    public async Task Suspending_several_users_reports_each_of_them_and_one_refusal_stops_nobody_else()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = site.Unique("bulk") + "x";
        await site.ServiceAccountsAsync([$"{prefix}1", $"{prefix}2"]);
        await SetRolesAsync($"{prefix}1", "owner");
        await visit.Page.GotoAsync($"/users?filter={prefix}");
        await visit.Page.GetByLabel("Select all on this page").CheckAsync();
        await Expect(visit.Page.Locator("[data-chosen]")).ToHaveTextAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await visit.ConfirmAsync("Suspend");
        await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for 1 of 2 people.");
        await Expect(visit.Dialog.Locator(".failed")).ToContainTextAsync("An owner cannot be suspended.");
        await visit.Dialog.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Expect(visit.Row($"{prefix}2")).ToContainTextAsync("Suspended");
        await Expect(visit.Row($"{prefix}1")).ToContainTextAsync("Active");
    }

    [SkippableFact]
    public async Task A_role_is_added_to_several_users_without_touching_their_others()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var prefix = site.Unique("rolebulk") + "x";
        await site.ServiceAccountsAsync([$"{prefix}1", $"{prefix}2"]);
        await SetRolesAsync($"{prefix}1", "template-admin");
        await visit.Page.GotoAsync($"/users/bulk?action=add-role&user={prefix}1&user={prefix}2");
        await visit.Page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Auditor");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add role" }).ClickAsync();
        await Expect(visit.Page.GetByText("Done for 2 of 2 people.")).ToBeVisibleAsync();
        Assert.Equal(["auditor", "template-admin"], Roles(await UserAsync($"{prefix}1")));
        Assert.Equal(["auditor"], Roles(await UserAsync($"{prefix}2")));
    }

    [SkippableFact]
    public async Task A_form_whose_answer_is_lost_is_not_sent_again_by_itself()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Suspend…");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        var posts = 0;
        await visit.Page.RouteAsync("**/suspend*", route =>
        {
            posts++;
            return route.AbortAsync();
        });
        await visit.ConfirmAsync("Suspend");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("It is not known whether this was done.");
        Assert.Equal(1, posts);
    }

    [SkippableFact]
    public async Task Creating_a_user_shows_complaints_beside_their_fields_and_then_the_new_row()
    {
        await using var visit = await site.OpenAsync("/users?filter=status:active");
        var name = site.Unique("new");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create user" }).ClickAsync();
        await visit.Dialog.GetByLabel("Username").FillAsync(name);
        await visit.Dialog.GetByLabel("E-mail address").FillAsync($"{name}@example.com");
        await visit.Dialog.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await visit.ConfirmAsync("Create user");
        await Expect(visit.Dialog.Locator("#field-password-complaint")).ToContainTextAsync("Too easy to guess");
        await visit.Dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(Testing.Scenario.Password);
        await visit.ConfirmAsync("Create user");
        await visit.SaysAsync($"{name} was created.");
        Assert.Contains("filter=status", visit.Path, StringComparison.Ordinal);
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/users/{name}")).Code);
    }

    [SkippableFact]
    public async Task The_row_of_the_reader_says_why_actions_are_not_possible()
    {
        await using var visit = await site.OpenAsync("/users?filter=owner@example.com");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Actions for owner", Exact = true }).ClickAsync();
        var suspend = visit.Page.Locator("#menu-owner [aria-disabled=true]", new() { HasText = "Suspend…" });
        await Expect(suspend).ToContainTextAsync("Not possible for yourself.");
        await suspend.FocusAsync();
        await Expect(suspend).ToBeFocusedAsync();
    }

    private async Task<string> OpenListOfOneAsync(Visit visit, string? change = null)
    {
        var name = await site.PersonAsync("one");
        if (change is not null)
            await site.Scenario.Owner.PutAsync($"/users/{name}/status/{change}");
        await visit.Page.GotoAsync($"/users?filter={name}@example.com");
        return name;
    }

    private async Task<JsonNode> UserAsync(string name) => (await site.Scenario.Owner.GetAsync($"/users/{name}")).Json!;

    private async Task SetRolesAsync(string name, params string[] roles) =>
        Assert.Equal(200, (await site.Scenario.Owner.PutAsync($"/users/{name}/roles", new { roles })).Code);

    private static IEnumerable<string> Roles(JsonNode user) => user["roles"]!.AsArray().Select(role => role!["name"]!.GetValue<string>());

    private async Task ReportWorkspaceAsync(string name)
    {
        var owner = await Seats.IdOfAsync(site.Scenario, name);
        object[] builds =
        [
            new
            {
                id = Guid.CreateVersion7(), workspace_id = Guid.CreateVersion7(), workspace_name = "dev", owner_id = owner, organization_id = site.Scenario.OrganizationId,
                build_number = 1, transition = "start", has_ai_task = false, created_at = "2026-01-01T00:00:00Z",
            },
        ];
        Assert.Equal(200, (await site.Scenario.Owner.PostAsync("/ai-usage/workspace-builds", new { builds })).Code);
    }
}
