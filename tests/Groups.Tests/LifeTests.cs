using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Deletion and the life of members: cases 74 to 77 of the specification, section 9.7.</summary>
[Collection(SharedWorld.Name)]
public sealed class LifeTests(GroupWorld world)
{
    [Fact]
    public async Task Case_74_a_deleted_group_is_gone_and_its_name_free()
    {
        var name = world.Name();
        var id = await world.GroupAsync(name, world.Anna.Id);
        var answer = await world.Owner.DeleteAsync($"/groups/{id}");
        Assert.Equal(200, answer.Code);
        Assert.NotEqual("", Text(answer.Json, "message"));
        Assert.Equal(404, (await world.GetAsync(id)).Code);
        Assert.Equal(404, (await world.Owner.DeleteAsync($"/groups/{id}")).Code);
        Assert.Equal(200, (await world.Owner.GetAsync("/users/anna")).Code);
        Assert.NotEqual(id, await world.GroupAsync(name));
    }

    [Fact]
    public async Task Case_75_who_leaves_an_organization_leaves_its_groups()
    {
        var username = world.Name("leaver");
        var person = await world.PersonAsync(username);
        Assert.Equal(200, (await world.Owner.PostAsync($"/organizations/{world.O2}/members/{person}")).Code);
        var (a, b) = (await world.GroupAsync(world.Name(), person, world.Anna.Id), await world.GroupAsync(world.Name(), person));
        var other = Id(await world.Owner.PostAsync($"/organizations/{world.O2}/groups", new { name = world.Name() }));
        Assert.Equal(200, (await world.ChangeAsync(other, new { add_users = new[] { person } })).Code);
        var entity = (await world.GetAsync(a)).Headers.ETag!.Tag;

        Assert.Equal(204, (await world.Owner.DeleteAsync($"/organizations/{world.O1}/members/{person}")).Code);
        Assert.Equal(new HashSet<Guid> { other, world.O2 }, Ids((await world.Owner.GetAsync($"/groups?has_member={username}")).Json).ToHashSet());
        Assert.Equal((1L, 0L), (Count(await world.GetAsync(a)), Count(await world.GetAsync(b))));
        Assert.NotEqual(entity, (await world.GetAsync(a)).Headers.ETag!.Tag);

        Assert.Equal(200, (await world.Owner.PostAsync($"/organizations/{world.O1}/members/{person}")).Code);
        Assert.Equal(new HashSet<Guid> { other, world.O1, world.O2 }, Ids((await world.Owner.GetAsync($"/groups?has_member={username}")).Json).ToHashSet());
    }

    [Fact]
    public async Task Case_76_who_is_deleted_is_in_no_group()
    {
        var username = world.Name("mortal");
        var person = await world.PersonAsync(username);
        var (id, everybody) = (await world.GroupAsync(world.Name(), person, world.Anna.Id), Count(await world.GetAsync(world.O1)));
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/users/{person}")).Code);
        var after = await world.GetAsync(id);
        Assert.Equal((1L, world.Anna.Id), (Count(after), Assert.Single(MembersOf(after))));
        Assert.Equal(everybody - 1, Count(await world.GetAsync(world.O1)));
        Assert.Equal(400, (await world.Owner.GetAsync($"/groups?has_member={username}")).Code);
        Assert.Equal("[]\n", (await world.Owner.GetAsync($"/groups?has_member={person}")).Text);
    }

    [Fact]
    public async Task Case_77_groups_stand_in_the_way_of_a_deletion()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("full") }));
        var group = Id(await world.Owner.PostAsync($"/organizations/{organization}/groups", new { name = world.Name() }));
        Assert.Equal(200, (await world.ChangeAsync(organization, new { quota_allowance = 4 })).Code);
        var refused = await world.Owner.DeleteAsync($"/organizations/{organization}");
        Assert.Equal((409, "It still has 1 group."), (refused.Code, Text(refused.Json, "detail")));
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/groups/{group}")).Code);
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/organizations/{organization}")).Code);
        Assert.Equal(404, (await world.GetAsync(organization)).Code);
        Assert.Equal(0, await world.NumberAsync($"select (select count(*) from groups.everybody where organization_id = '{organization}') + (select count(*) from groups.organization_counts where organization_id = '{organization}')"));
    }

    [Fact]
    public async Task Case_77_members_and_groups_are_counted_together()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("fuller") }));
        await world.Owner.PostAsync($"/organizations/{organization}/members/anna");
        foreach (var _ in Enumerable.Range(0, 2))
            await world.Owner.PostAsync($"/organizations/{organization}/groups", new { name = world.Name() });
        Assert.Equal("It still has 1 other member and 2 groups.", Text((await world.Owner.DeleteAsync($"/organizations/{organization}")).Json, "detail"));
    }

    [Fact]
    public async Task A_renamed_organization_shows_at_once()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("old") }));
        var (group, name) = (Id(await world.Owner.PostAsync($"/organizations/{organization}/groups", new { name = world.Name() })), world.Name("renamed"));
        await world.Owner.SendAsync(HttpMethod.Patch, $"/organizations/{organization}", new { name, display_name = "Renamed" });
        var after = await world.GetAsync(group);
        Assert.Equal((name, "Renamed"), (Text(after.Json, "organization_name"), Text(after.Json, "organization_display_name")));
    }
}
