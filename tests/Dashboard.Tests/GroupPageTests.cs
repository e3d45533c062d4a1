using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Groups: the list, one group, its tasks, and the column beside roles that is filled late.</summary>
[Collection(PagesCollection.Name)]
public sealed class GroupPageTests(Site site)
{
    private const string List = "/organizations/main/groups";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_is_created_filled_emptied_and_deleted(bool script)
    {
        await using var visit = await site.OpenAsync(List, options: new(Script: script));
        var (name, person) = (site.Unique("made"), await site.PersonAsync("grouped"));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create group" }).ClickAsync();
        var panel = visit.Page.Locator("[data-panel]");
        await panel.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await panel.GetByLabel("Display name").FillAsync($"Made {name}");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Create group" }).ClickAsync();
        await visit.SaysAsync($"Made {name} was created.");
        Assert.Equal($"{List}/{name}", visit.Path);
        await Expect(visit.Page.GetByText("No members yet")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" }).ClickAsync();
        await panel.GetByLabel("Search members").FillAsync(person);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        // The panel is another one when the search has been answered.
        await Expect(panel.Locator(".choice")).ToHaveCountAsync(1);
        await panel.GetByLabel($"Select {person}", new() { Exact = true }).CheckAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add members" }).ClickAsync();
        await visit.SaysAsync($"Added to Made {name}: {person}.");
        await Expect(visit.Row(person)).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#group-facts")).ToContainTextAsync("Members 1");

        // Who is in the group is no candidate any more.
        await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/{name}/add?q={person}");
        await Expect(visit.Page.GetByText("Nobody outside the group matches.")).ToBeVisibleAsync();

        await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/{name}");
        await visit.Page.GetByLabel($"Select {person}", new() { Exact = true }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(panel).ToContainTextAsync(person);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await visit.SaysAsync($"Removed from Made {name}: {person}.");
        await Expect(visit.Page.Locator("#group-facts")).ToContainTextAsync("Members 0");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Delete group" }).ClickAsync();
        await panel.GetByLabel("Type the name to delete it").FillAsync("other");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(panel.Locator("#field-confirmation-complaint")).ToContainTextAsync("not the name");
        await panel.GetByLabel("Type the name to delete it").FillAsync(name);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await visit.SaysAsync($"Made {name} was deleted.");
        Assert.Equal(List, visit.Path);
        Assert.Equal(404, (await site.Scenario.Owner.GetAsync($"/organizations/main/groups/{name}")).Code);
    }

    [SkippableFact]
    public async Task Settings_are_saved_refused_beside_the_field_and_never_over_somebody_elses()
    {
        var (id, name) = await GroupAsync();
        await using var visit = await site.OpenAsync($"{List}/{name}/settings");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("two--hyphens");
        await visit.Page.GetByLabel("Quota allowance").FillAsync("many");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-name-complaint")).ToContainTextAsync("single hyphens");
        await Expect(visit.Page.Locator("#field-quota_allowance-complaint")).ToContainTextAsync("from 0");
        await Expect(visit.Page.GetByLabel("Quota allowance")).ToHaveValueAsync("many");

        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync($"{name}-new");
        await visit.Page.GetByLabel("Quota allowance").FillAsync("7");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await visit.SaysAsync($"{name}-new was saved.");
        Assert.Equal($"{List}/{name}-new", visit.Path);
        Assert.Equal(7, (await site.Scenario.Owner.GetAsync($"/groups/{id}"))["quota_allowance"]!.GetValue<int>());

        await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/{name}-new/settings");
        await site.Scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{id}", new { display_name = "Theirs" });
        await visit.Page.GetByLabel("Display name").FillAsync("Mine");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.Locator("[data-panel] [role=alert], [data-panel] .alert")).ToContainTextAsync("Somebody else has changed this group");
        Assert.Equal("Theirs", (await site.Scenario.Owner.GetAsync($"/groups/{id}"))["display_name"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task The_roster_is_searched_filtered_and_shows_seats_with_their_reasons()
    {
        var (one, two) = (await site.PersonAsync("seated"), await site.PersonAsync("standing"));
        var (_, name) = await GroupAsync(one, two);
        await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, one)]);
        await Seats.GrantAsync(site.Scenario, 9);
        await using var visit = await site.OpenAsync($"{List}/{name}");
        await Expect(visit.Page.Locator("#group-seats")).ToHaveTextAsync("AI seats held 1");
        await Expect(visit.Row(one)).ToContainTextAsync("In use");
        await visit.Page.Locator($"#seat-{one}").ClickAsync();
        await Expect(visit.Dialog).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByLabel("AI add-on").SelectOptionAsync("true");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        Assert.Equal($"{List}/{name}?filter=has-ai-seat%3Atrue", visit.Path);
        await visit.Page.GetByLabel("Search", new() { Exact = true }).FillAsync("bogus:1");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("#search-complaint")).ToContainTextAsync("bogus");
    }

    [SkippableFact]
    public async Task The_group_of_everybody_offers_its_allowance_only()
    {
        await using var visit = await site.OpenAsync($"{List}/Everyone");
        await Expect(visit.Page.GetByText("Everybody in the organization is in this group")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Add members" })).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Delete group" })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).Last.ClickAsync();
        await Expect(visit.Dialog.GetByLabel("Display name")).ToHaveCountAsync(0);
        await visit.Dialog.GetByLabel("Quota allowance").FillAsync("11");
        await visit.ConfirmAsync("Save");
        await visit.SaysAsync("Everyone was saved.");
    }

    [SkippableTheory]
    [InlineData("/users?filter=")]
    [InlineData("/organizations/main/members?filter=")]
    public async Task The_column_is_filled_after_the_table_and_is_a_link_without_script(string path)
    {
        var (lone, many) = (await site.PersonAsync("lone"), await site.PersonAsync("many"));
        var (_, first) = await GroupAsync(many);
        await GroupAsync(many);
        await using (var visit = await site.OpenAsync(path + many))
        {
            await visit.Row(many).GetByRole(AriaRole.Button, new() { Name = $"View 2 groups of {many}" }).ClickAsync();
            await Expect(visit.Row(many).GetByRole(AriaRole.Link, new() { Name = first })).ToBeVisibleAsync();
            await visit.Page.GotoAsync(site.Scenario.Server.Address + path[1..] + lone);
            await Expect(visit.Row(lone).Locator(".c-late")).ToContainTextAsync("None");
        }

        await using (var slow = await site.OpenAsync("/organizations"))
        {
            // The table does not wait for the column, and stands when it cannot be read.
            await slow.Page.RouteAsync("**/user-groups*", route => route.AbortAsync());
            await slow.Page.GotoAsync(site.Scenario.Server.Address + path[1..] + many);
            await Expect(slow.Row(many)).ToBeVisibleAsync();
            await Expect(slow.Page.Locator("a[data-failed]")).ToHaveCountAsync(1);
            await Expect(slow.Row(many).GetByRole(AriaRole.Link, new() { Name = $"Show groups: {many}" })).ToBeVisibleAsync();
        }

        await using var plain = await site.OpenAsync(path + many, options: new(Script: false));
        await plain.Row(many).GetByRole(AriaRole.Link, new() { Name = $"Show groups: {many}" }).ClickAsync();
        await Expect(plain.Page.GetByRole(AriaRole.Button, new() { Name = $"View 2 groups of {many}" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_plain_member_sees_groups_and_nothing_to_do()
    {
        var person = await site.PersonAsync("plain");
        var (_, name) = await GroupAsync(person, await site.PersonAsync("other"));
        var client = await site.Scenario.SignInAsync($"{person}@example.com");
        await using var visit = await site.OpenAsync($"{List}/{name}", client);
        await Expect(visit.Page.GetByText("You see your own membership only")).ToBeVisibleAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#group-facts")).ToContainTextAsync("Members 2");
        foreach (var task in new[] { "settings", "add", "remove", "delete" })
            Assert.Equal(403, (await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/{name}/{task}"))!.Status);
        Assert.Equal(403, (await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/new"))!.Status);
        Assert.Equal(404, (await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups/no-such-group"))!.Status);
    }

    [SkippableFact]
    public async Task Lists_are_files_too()
    {
        var person = await site.PersonAsync("filed");
        var (_, name) = await GroupAsync(person);
        await using var visit = await site.OpenAsync($"{List}/{name}");
        Assert.Contains(person, await FileAsync(), StringComparison.Ordinal);
        await visit.Page.GotoAsync($"{site.Scenario.Server.Address}organizations/main/groups?filter={name}");
        Assert.Contains($"{name},", await FileAsync(), StringComparison.Ordinal);

        async Task<string> FileAsync()
        {
            var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
            return await File.ReadAllTextAsync((await file.PathAsync())!);
        }
    }

    private async Task<(Guid Id, string Name)> GroupAsync(params string[] members)
    {
        var name = site.Unique("group");
        var id = (await site.Scenario.Owner.PostAsync("/organizations/main/groups", new { name }))["id"]!.GetValue<Guid>();
        var ids = new List<Guid>();
        foreach (var member in members)
            ids.Add(await Seats.IdOfAsync(site.Scenario, member));
        if (ids.Count > 0)
            Assert.Equal(200, (await site.Scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{id}", new { add_users = ids })).Code);
        return (id, name);
    }
}
