using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>The group of everybody: cases 1 to 10 of the specification, section 9.1.</summary>
[Collection(SharedWorld.Name)]
public sealed class EverybodyTests(GroupWorld world)
{
    [Fact]
    public async Task Case_01_a_new_organization_has_one_group()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("fresh") }));
        var group = Assert.Single((await world.Owner.GetAsync($"/organizations/{organization}/groups")).Json!.AsArray());
        Assert.Equal((organization, "Everyone", "", "user"), (Id(group), Text(group, "name"), Text(group, "display_name"), Text(group, "source")));
        Assert.Equal(1, group!["total_member_count"]!.GetValue<long>());
        Assert.Equal(1, (await world.Owner.GetAsync($"/organizations/{organization}/paginated-groups?limit=5"))["count"]!.GetValue<long>());
    }

    [Fact]
    public async Task Case_02_who_joins_the_organization_is_in_it()
    {
        var before = Count(await world.GetAsync(world.O2));
        Assert.DoesNotContain(world.Anna.Id, MembersOf(await world.GetAsync(world.O2)));
        Assert.Equal(200, (await world.Owner.PostAsync($"/organizations/{world.O2}/members/anna")).Code);
        var after = await world.GetAsync(world.O2);
        Assert.Contains(world.Anna.Id, MembersOf(after));
        Assert.Equal(before + 1, Count(after));
        Assert.Equal(204, (await world.Owner.DeleteAsync($"/organizations/{world.O2}/members/anna")).Code);
        Assert.Equal(before, Count(await world.GetAsync(world.O2)));
    }

    [Fact]
    public async Task Case_03_nobody_is_added_or_removed()
    {
        var before = (await world.GetAsync(world.O1)).Text;
        Assert.Equal(403, (await world.ChangeAsync(world.O1, new { add_users = new[] { world.Anna.Id } })).Code);
        Assert.Equal(403, (await world.ChangeAsync(world.O1, new { remove_users = new[] { world.Anna.Id } })).Code);
        Assert.Equal(before, (await world.GetAsync(world.O1)).Text);
    }

    [Fact]
    public async Task Case_04_it_is_not_deleted() => Assert.Equal(400, (await world.Owner.DeleteAsync($"/groups/{world.O1}")).Code);

    [Fact]
    public async Task Case_05_it_is_not_renamed() => Assert.Equal(400, (await world.ChangeAsync(world.O1, new { name = "all" })).Code);

    [Fact]
    public async Task Case_06_it_has_no_display_name() => Assert.Equal(400, (await world.ChangeAsync(world.O1, new { display_name = "All" })).Code);

    [Fact]
    public async Task Case_07_the_form_of_the_site_sets_the_allowance()
    {
        var answer = await world.ChangeAsync(world.O1, new { name = "Everyone", display_name = "", quota_allowance = 5, add_users = Array.Empty<Guid>(), remove_users = Array.Empty<Guid>() });
        Assert.Equal((200, 5), (answer.Code, answer["quota_allowance"]!.GetValue<int>()));
        Assert.Equal(5, (await world.GetAsync(world.O1))["quota_allowance"]!.GetValue<int>());
        Assert.Equal(1, await world.NumberAsync($"select count(*) from groups.everybody where organization_id = '{world.O1}'"));
        Assert.Equal(0, await world.NumberAsync($"select count(*) from groups.group_members where group_id = '{world.O1}'"));
    }

    [Fact]
    public async Task Case_08_its_avatar_is_kept()
    {
        Assert.Equal(200, (await world.ChangeAsync(world.O2, new { avatar_url = "/emojis/1f600.png" })).Code);
        Assert.Equal("/emojis/1f600.png", Text((await world.GetAsync(world.O2)).Json, "avatar_url"));
    }

    [Fact]
    public async Task Case_09_it_is_found_by_its_name_in_its_case()
    {
        Assert.Equal((await world.GetAsync(world.O2)).Text, (await world.Owner.GetAsync($"/organizations/{world.O2}/groups/Everyone")).Text);
        Assert.Equal(404, (await world.Owner.GetAsync($"/organizations/{world.O2}/groups/everyone")).Code);
    }

    [Fact]
    public async Task Case_10_a_stray_row_cannot_be_stored()
    {
        // The rows of everybody are those of the organization; a row of ours needs a group of ours.
        var stray = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.RunAsync(
            $"insert into groups.group_members (group_id, user_id, organization_id, sort_name) values ('{world.O1}', '{world.Anna.Id}', '{world.O1}', 'anna')"));
        Assert.Equal(Npgsql.PostgresErrorCodes.ForeignKeyViolation, stray.SqlState);
        Assert.Single(MembersOf(await world.GetAsync(world.O1)), world.Anna.Id);
    }
}
