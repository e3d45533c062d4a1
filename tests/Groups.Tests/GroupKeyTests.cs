using Monolith.Testing;
using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>The key <c>group</c> of the searches of users and members (contract 7.6).</summary>
[Collection(SharedWorld.Name)]
public sealed class GroupKeyTests(GroupWorld world)
{
    [Fact]
    public async Task Users_and_members_are_found_by_the_name_and_by_the_id_of_a_group()
    {
        var name = world.Name("Keyed");
        var id = await world.GroupAsync(name, world.Anna.Id, world.Ben.Id);
        foreach (var reference in new[] { name, name.ToUpperInvariant(), id.ToString(), $"{id},no-such-group" })
        {
            Assert.Equal(["anna", "ben"], await FindAsync($"group:{reference}"));
            Assert.Equal(["ben"], await FindAsync($"group:{reference} ben"));
        }

        Assert.Equal([], await FindAsync("group:no-such-group"));
        Assert.Equal([], await FindAsync($"group:{Guid.CreateVersion7()}"));
        Assert.Equal(["anna", "ben"], Usernames(await world.Owner.GetAsync($"/users?q=group:{name}"), "users"));
        Assert.Equal(400, (await world.Owner.GetAsync("/users?q=groups:x")).Code);
    }

    [Fact]
    public async Task A_page_goes_on_and_is_counted()
    {
        var name = world.Name("paged");
        await world.GroupAsync(name, world.Anna.Id, world.Ben.Id, world.Dora.Id);
        var path = $"/organizations/{world.O1}/paginated-members?q=group:{name}&limit=2";
        var first = await world.Owner.GetAsync(path);
        Assert.Equal((3L, "anna", "ben"), (first["count"]!.GetValue<long>(), Text(first["members"]![0], "username"), Text(first["members"]![1], "username")));
        Assert.Equal(["dora"], Usernames(await world.Owner.GetAsync($"{path}&after_id={world.Ben.Id}"), "members"));
        Assert.Equal(["dora"], Usernames(await world.Owner.GetAsync($"{path}&offset=2"), "members"));
        Assert.Equal(["dora", "ben", "anna"], Usernames(await world.Owner.GetAsync($"/organizations/{world.O1}/paginated-members?q=group:{name}&sort=username&dir=desc"), "members"));
    }

    [Fact]
    public async Task The_group_of_everybody_is_the_organization()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("small") }));
        Assert.Equal(200, (await world.Owner.PostAsync($"/organizations/{organization}/members/dora")).Code);
        Assert.Equal(["dora", "owner"], Usernames(await world.Owner.GetAsync($"/users?q=group:{organization}"), "users"));
        Assert.Equal(["dora", "owner"], Usernames(await world.Owner.GetAsync($"/organizations/{organization}/paginated-members?q=group:everyone"), "members"));
    }

    [Fact]
    public async Task A_list_of_one_organization_knows_its_own_groups_only()
    {
        var name = world.Name("twice");
        var there = Id(await world.Owner.PostAsync($"/organizations/{world.O2}/groups", new { name }));
        await world.ChangeAsync(there, new { add_users = new[] { world.Carl.Id, world.Scenario.OwnerId } });
        Assert.Equal([], Usernames(await world.Owner.GetAsync($"/organizations/{world.O1}/paginated-members?q=group:{name}"), "members"));
        Assert.Equal(["carl", "owner"], Usernames(await world.Owner.GetAsync($"/users?q=group:{name}"), "users"));
    }

    [Fact]
    public async Task Nobody_learns_of_members_whom_the_group_would_not_show()
    {
        var name = world.Name("closed");
        await world.GroupAsync(name, world.Anna.Id, world.Ben.Id);
        Assert.Equal(["anna"], Usernames(await world.Anna.Client.GetAsync($"/organizations/{world.O1}/paginated-members?q=group:{name}"), "members"));
        Assert.Equal([], Usernames(await world.Dora.Client.GetAsync($"/organizations/{world.O1}/paginated-members?q=group:{name}"), "members"));
        Assert.Equal([], Usernames(await world.Dora.Client.GetAsync($"/users?q=group:{name}"), "users"));
    }

    [Fact]
    public async Task Without_the_feature_it_holds_for_nobody()
    {
        await using var scenario = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        Assert.Equal([], Usernames(await scenario.Owner.GetAsync("/users?q=group:everyone"), "users"));
    }

    private async Task<IReadOnlyList<string>> FindAsync(string q) =>
        Usernames(await world.Owner.GetAsync($"/organizations/{world.O1}/paginated-members?q={Uri.EscapeDataString(q)}"), "members");

    private static IReadOnlyList<string> Usernames(ApiAnswer page, string list) => [.. page[list]!.AsArray().Select(one => Text(one, "username"))];
}
