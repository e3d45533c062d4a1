using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Members of an organization (dashboard specification 2.8: M cases).</summary>
[Collection(SiteCollection.Name)]
public sealed class MemberTests(Site site)
{
    private const string Members = "/organizations/main/members";

    [SkippableFact]
    public async Task M_01_removing_a_member_lists_the_consequences_and_reports()
    {
        await using var visit = await site.OpenAsync(Members);
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Remove…");
        await Expect(visit.Dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await visit.ConfirmAsync("Remove");
        await visit.SaysAsync($"User {name} is no longer a member.");
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/organizations/default/members/{name}")).Code);
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/users/{name}")).Code);
    }

    [SkippableFact]
    public async Task M_02_giving_an_organization_role()
    {
        await using var visit = await site.OpenAsync(Members);
        var name = await OpenListOfOneAsync(visit);
        await visit.ChooseAsync(name, "Edit roles");
        await Expect(visit.Dialog).ToContainTextAsync("From the organization's default roles.");
        await visit.Dialog.GetByLabel("Organization Auditor").CheckAsync();
        await visit.ConfirmAsync("Save roles");
        await visit.SaysAsync("were saved");
        await Expect(visit.Row(name)).ToContainTextAsync("Organization Auditor");
    }

    [SkippableFact]
    public async Task M_03_a_refused_role_change_shows_the_servers_words()
    {
        var admin = site.Unique("orgadmin");
        await using var visit = await site.OpenAsync(Members);
        var (id, client) = await site.Scenario.AddAsync(admin);
        await SetRolesAsync(id.ToString(), "organization-admin");
        await using var theirs = await site.OpenAsync(Members, client);
        var name = await OpenListOfOneAsync(theirs);
        await theirs.ChooseAsync(name, "Edit roles");
        await theirs.Dialog.GetByLabel("Organization Auditor").CheckAsync();
        await SetRolesAsync(id.ToString(), "organization-user-admin");
        await theirs.ConfirmAsync("Save roles");
        await Expect(theirs.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("not authorized to assign role");
    }

    [SkippableFact]
    public async Task Site_roles_are_marked_as_holding_in_all_organizations()
    {
        await using var visit = await site.OpenAsync($"{Members}?filter=owner@example.com");
        await Expect(visit.Row("owner")).ToContainTextAsync("Owner · all organizations");
    }

    [SkippableFact]
    public async Task Adding_members_offers_only_those_who_are_none_and_adds_them_in_one_request()
    {
        await using var visit = await site.OpenAsync(Members);
        var prefix = site.Unique("addable") + "x";
        foreach (var name in new[] { $"{prefix}1", $"{prefix}2", $"{prefix}3" })
        {
            await site.Scenario.CreateUserAsync(name);
            if (!name.EndsWith('3'))
                await site.Scenario.Owner.DeleteAsync($"/organizations/default/members/{name}");
        }

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" }).ClickAsync();
        await visit.Dialog.GetByLabel("Search users to add").FillAsync(prefix);
        await visit.ConfirmAsync("Search");
        await Expect(visit.Dialog.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(2);
        await visit.Dialog.GetByLabel($"Select user {prefix}1").CheckAsync();

        // Who is chosen stays chosen over the next search.
        await visit.Dialog.GetByLabel("Search users to add").FillAsync($"{prefix}2");
        await visit.ConfirmAsync("Search");
        await visit.Dialog.GetByLabel($"Select user {prefix}2").CheckAsync();
        await Expect(visit.Dialog.Locator("[data-chosen]")).ToHaveTextAsync("2");
        await visit.ConfirmAsync("Add members");
        await visit.SaysAsync($"Added to the organization: {prefix}1, {prefix}2.");
        Assert.Equal(200, (await site.Scenario.Owner.GetAsync($"/organizations/default/members/{prefix}2")).Code);
        await Expect(visit.Page.Locator("#add-members")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Adding_somebody_who_became_a_member_meanwhile_names_them_and_adds_nobody()
    {
        await using var visit = await site.OpenAsync(Members);
        var prefix = site.Unique("race") + "x";
        foreach (var name in new[] { $"{prefix}1", $"{prefix}2" })
        {
            await site.Scenario.CreateUserAsync(name);
            await site.Scenario.Owner.DeleteAsync($"/organizations/default/members/{name}");
        }

        await visit.Page.GotoAsync($"{Members}/add?q={prefix}");
        await visit.Page.GetByLabel($"Select user {prefix}1").CheckAsync();
        await visit.Page.GetByLabel($"Select user {prefix}2").CheckAsync();
        await site.Scenario.Owner.PostAsync($"/organizations/default/members/{prefix}1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add members" }).ClickAsync();
        await Expect(visit.Page.Locator(".results .failed")).ToContainTextAsync($"{prefix}1");
        await Expect(visit.Page.GetByLabel($"Select user {prefix}2")).ToBeCheckedAsync();
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/organizations/default/members/{prefix}2")).Code);
    }

    [SkippableFact]
    public async Task AddUsersSelectionCap_the_101st_is_not_taken()
    {
        await using var visit = await site.OpenAsync(Members);
        var prefix = site.Unique("cap") + "x";
        var other = site.Unique("other");
        await site.ServiceAccountsAsync([other, .. Enumerable.Range(0, 100).Select(i => $"{prefix}{i:d3}")], areMembers: false);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" }).ClickAsync();
        await visit.Dialog.GetByLabel("Search users to add").FillAsync(other);
        await visit.ConfirmAsync("Search");
        await visit.Dialog.GetByLabel($"Select user {other}").CheckAsync();
        await visit.Dialog.GetByLabel("Search users to add").FillAsync(prefix);
        await visit.ConfirmAsync("Search");
        await Expect(visit.Dialog.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(101);
        await visit.Page.EvaluateAsync("() => document.querySelectorAll('dialog .choice input:not(:checked)').forEach(box => box.click())");
        await Expect(visit.Dialog.Locator("[data-chosen]")).ToHaveTextAsync("100");
        await Expect(visit.Dialog.Locator("[data-limit-reached]")).ToBeVisibleAsync();
        await Expect(visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Add members" })).ToBeEnabledAsync();
        await visit.ConfirmAsync("Add members");
        await visit.SaysAsync("100 people were added to the organization.");
    }

    [SkippableFact]
    public async Task Removing_several_members_reports_each_of_them()
    {
        await using var visit = await site.OpenAsync(Members);
        var prefix = site.Unique("several") + "x";
        foreach (var name in new[] { $"{prefix}1", $"{prefix}2", $"{prefix}3" })
            await site.Scenario.CreateUserAsync(name);
        await visit.Page.GotoAsync($"{Members}?filter={prefix}");
        await visit.Page.GetByLabel("Select all on this page").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await site.Scenario.Owner.DeleteAsync($"/organizations/default/members/{prefix}2");
        await visit.ConfirmAsync("Remove");
        await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for 2 of 3 people.");
        await Expect(visit.Dialog.Locator(".failed")).ToContainTextAsync($"{prefix}2");
        await visit.Dialog.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nobody matches" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task N_07_an_organization_without_members_explains_itself()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = site.Unique("empty");
        Assert.Equal(201, (await site.Scenario.Owner.PostAsync("/organizations", new { name, display_name = "Empty" })).Code);
        await site.Scenario.Server.SqlAsync($"delete from members.organization_members where organization_id = (select id from members.organizations where name = '{name}')");
        await visit.Page.GotoAsync($"/organizations/{name}/members");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "No members yet" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" })).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Who_sees_nobody_else_is_told_so_above_the_own_row()
    {
        var (id, person) = await site.Scenario.AddAsync(site.Unique("alone"));
        var narrow = await person.PostAsync("/users/me/keys/tokens", new
        {
            token_name = "narrow",
            scopes = new[] { "all" },
            allow_list = new[] { $"user:{id}", $"organization:{site.Scenario.OrganizationId}", $"organization_member:{id}" },
        });
        Assert.Equal(201, narrow.Code);
        using var alone = new ApiClient(site.Scenario.Server.Address, narrow["key"]!.GetValue<string>());
        await using var visit = await site.OpenAsync("/organizations/main/members", alone);
        await Expect(visit.Page.Locator("main [role=alert], main [role=status], main .alert")).ToContainTextAsync("only you are listed");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByRole(AriaRole.Search)).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" })).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task An_organization_that_is_not_there_is_not_found()
    {
        await using var visit = await site.OpenAsync("/organizations/nowhere/members");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not found");
    }

    private async Task<string> OpenListOfOneAsync(Visit visit)
    {
        var name = await site.PersonAsync("member");
        await visit.Page.GotoAsync($"{Members}?filter={name}@example.com");
        return name;
    }

    private async Task SetRolesAsync(string user, params string[] roles) =>
        Assert.Equal(200, (await site.Scenario.Owner.PutAsync($"/organizations/default/members/{user}/roles", new { roles })).Code);
}
