using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Reading and listing: cases 25 to 40 of the specification, section 9.3.</summary>
[Collection(SharedWorld.Name)]
public sealed class ReadTests(GroupWorld world)
{
    private string Groups => $"/organizations/{world.O1}/groups";

    [Fact]
    public async Task Case_25_a_group_has_three_addresses()
    {
        var name = world.Name();
        var id = await world.GroupAsync(name, world.Anna.Id);
        var answer = (await world.GetAsync(id)).Text;
        Assert.Equal(answer, (await world.Owner.GetAsync($"{Groups}/{name}")).Text);
        var organization = Text((await world.Owner.GetAsync($"/organizations/{world.O1}")).Json, "name");
        Assert.Equal(answer, (await world.Owner.GetAsync($"/organizations/{organization}/groups/{name}")).Text);
    }

    [Fact]
    public async Task Case_26_a_bad_id_is_400_and_an_unknown_one_404()
    {
        Assert.Equal(400, (await world.Owner.GetAsync("/groups/not-a-uuid")).Code);
        Assert.Equal(404, (await world.Owner.GetAsync($"/groups/{Guid.CreateVersion7()}")).Code);
    }

    [Fact]
    public async Task Case_27_groups_of_all_organizations_or_of_one()
    {
        var (one, two) = (await world.GroupAsync(world.Name()), Id(await world.Owner.PostAsync($"/organizations/{world.O2}/groups", new { name = world.Name() })));
        var all = Ids((await world.Owner.GetAsync("/groups")).Json);
        Assert.Superset(new HashSet<Guid> { one, two, world.O1, world.O2 }, all.ToHashSet());
        foreach (var reference in new[] { "second", world.O2.ToString() })
        {
            var list = (await world.Owner.GetAsync($"/groups?organization={reference}")).Json!.AsArray();
            Assert.Superset(new HashSet<Guid> { two, world.O2 }, Ids(list).ToHashSet());
            Assert.All(list, group => Assert.Equal(world.O2, group!["organization_id"]!.GetValue<Guid>()));
        }

        Assert.Equal("[]\n", (await world.Owner.GetAsync($"/groups?organization={Guid.CreateVersion7()}")).Text);
    }

    [Fact]
    public async Task Case_28_the_groups_of_one_person()
    {
        var (hers, his) = (await world.GroupAsync(world.Name(), world.Dora.Id, world.Ben.Id), await world.GroupAsync(world.Name(), world.Ben.Id));
        foreach (var reference in new[] { "dora", world.Dora.Id.ToString() })
        {
            var list = Ids((await world.Owner.GetAsync($"/groups?has_member={reference}")).Json);
            Assert.Equal(new HashSet<Guid> { hers, world.O1 }, list.ToHashSet());
        }

        Assert.Equal(new HashSet<Guid> { hers, world.O1 }, Ids((await world.Dora.Client.GetAsync("/groups?has_member=me")).Json).ToHashSet());
        Assert.Contains(his, Ids((await world.Owner.GetAsync($"{Groups}?has_member=ben")).Json));

        // Nobody learns from the filter what the group would not show them.
        Assert.Equal("[]\n", (await world.Anna.Client.GetAsync($"/groups?has_member={world.Dora.Id}")).Text);
        Assert.Equal(400, (await world.Anna.Client.GetAsync("/groups?has_member=dora")).Code);
    }

    [Fact]
    public async Task Case_29_groups_by_their_ids()
    {
        var (a, b) = (await world.GroupAsync(world.Name()), await world.GroupAsync(world.Name()));
        Assert.Equal(new HashSet<Guid> { a, b }, Ids((await world.Owner.GetAsync($"/groups?group_ids={a},{b},{Guid.CreateVersion7()}")).Json).ToHashSet());
        var bad = await world.Owner.GetAsync("/groups?group_ids=x");
        Assert.Equal((400, "group_ids"), (bad.Code, Assert.Single(Fields(bad))));
    }

    [Theory]
    [InlineData("organization=no-such-name", "organization")]
    [InlineData("has_member=no-such-name", "has_member")]
    [InlineData("foo=1", "foo")]
    public async Task Case_30_what_is_unknown_is_named(string query, string field)
    {
        var answer = await world.Owner.GetAsync($"/groups?{query}");
        Assert.Equal((400, field), (answer.Code, Assert.Single(Fields(answer))));
    }

    [Fact]
    public async Task Case_31_and_32_a_plain_member_reads_the_group_and_themself()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id, world.Ben.Id);
        var (hers, others) = (await world.GetAsync(id, world.Anna.Client), await world.GetAsync(id, world.Dora.Client));
        Assert.Equal((200, 2L, world.Anna.Id), (hers.Code, Count(hers), Assert.Single(MembersOf(hers))));
        Assert.Equal((200, 2L, 0), (others.Code, Count(others), MembersOf(others).Count));
        var listed = (await world.Anna.Client.GetAsync("/groups")).Json!.AsArray().Single(group => Id(group) == id);
        Assert.Equal(world.Anna.Id, Assert.Single(MembersOf(listed)));
    }

    [Fact]
    public async Task Case_33_a_key_that_opens_one_group_sees_no_other()
    {
        // OwnGroupTests has the caller without group:read.
        var (shown, other) = (await world.GroupAsync(world.Name()), await world.GroupAsync(world.Name()));
        var token = await world.Owner.PostAsync("/users/me/keys/tokens", new { token_name = world.Name("key"), allow_list = new[] { $"group:{shown}" } });
        using var narrow = new Testing.ApiClient(world.Scenario.Server.Address, Text(token.Json, "key"));
        Assert.Equal(200, (await narrow.GetAsync($"/groups/{shown}")).Code);
        Assert.Equal(404, (await narrow.GetAsync($"/groups/{other}")).Code);
        Assert.Equal(shown, Assert.Single(Ids((await narrow.GetAsync("/groups")).Json)));
    }

    [Theory]
    [InlineData("auditor")]
    [InlineData("template-admin")]
    public async Task Case_34_readers_of_the_deployment_read_all_and_change_nothing(string role)
    {
        var (_, reader) = await world.Scenario.AddAsync(world.Name(role), role);
        var id = await world.GroupAsync(world.Name(), world.Anna.Id, world.Ben.Id);
        var listed = (await reader.GetAsync("/groups")).Json!.AsArray().Single(group => Id(group) == id);
        Assert.Equal(new HashSet<Guid> { world.Anna.Id, world.Ben.Id }, MembersOf(listed).ToHashSet());
        Assert.Equal(403, (await world.ChangeAsync(id, new { name = world.Name() }, reader)).Code);
        Assert.Equal(403, (await reader.DeleteAsync($"/groups/{id}")).Code);
        Assert.Equal(403, (await reader.PostAsync(Groups, new { name = world.Name() })).Code);
    }

    [Fact]
    public async Task Case_35_outside_of_the_organization_there_is_nothing()
    {
        var name = world.Name();
        var id = await world.GroupAsync(name);
        var absent = (await world.Carl.Client.GetAsync($"/groups/{Guid.CreateVersion7()}")).Text;
        foreach (var answer in new[]
        {
            await world.GetAsync(id, world.Carl.Client),
            await world.GetAsync(world.O1, world.Carl.Client),
            await world.ChangeAsync(id, new { name = "x" }, world.Carl.Client),
            await world.ChangeAsync(id, "no json", world.Carl.Client),
            await world.Carl.Client.DeleteAsync($"/groups/{id}"),
            await world.Carl.Client.GetAsync($"/groups/{id}/members"),
            await world.Carl.Client.GetAsync(Groups),
            await world.Carl.Client.GetAsync($"{Groups}/{name}"),
            await world.Carl.Client.GetAsync($"{Groups}/{name}/members"),
            await world.Carl.Client.GetAsync($"/organizations/{world.O1}/paginated-groups"),
        })
            Assert.Equal((404, absent), (answer.Code, answer.Text));
        Assert.DoesNotContain(id, Ids((await world.Carl.Client.GetAsync("/groups")).Json));
    }

    [Fact]
    public async Task Case_36_members_can_be_left_out()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id);
        var without = await world.Owner.GetAsync($"/groups/{id}?exclude_members=true");
        Assert.Equal((0, 1L), (MembersOf(without).Count, Count(without)));
        Assert.Single(MembersOf(await world.Owner.GetAsync($"/groups/{id}?exclude_members=banana")));
        Assert.All((await world.Owner.GetAsync("/groups?exclude_members=true")).Json!.AsArray(), group => Assert.Empty(MembersOf(group)));
    }

    [Fact]
    public async Task Case_37_suspended_and_dormant_people_are_members()
    {
        var (suspended, dormant) = (await world.PersonAsync(world.Name("susp")), await world.PersonAsync(world.Name("dorm")));
        Assert.Equal(200, (await world.Owner.PutAsync($"/users/{suspended}/status/suspend")).Code);
        await world.RunAsync($"update members.users set status = 'dormant' where id = '{dormant}'");
        var group = await world.GetAsync(await world.GroupAsync(world.Name(), suspended, dormant));
        Assert.Equal(["dormant", "suspended"], group["members"]!.AsArray().Select(member => Text(member, "status")).Order());
        Assert.Equal(2, Count(group));
    }

    [Fact]
    public async Task Case_38_groups_are_paged_by_name()
    {
        var organization = Id(await world.Owner.PostAsync("/organizations", new { name = world.Name("paged") }));
        foreach (var name in new[] { "b", "A", "a", "x" })
            await world.Owner.PostAsync($"/organizations/{organization}/groups", new { name });
        var path = $"/organizations/{organization}/paginated-groups";
        var whole = await world.Owner.GetAsync(path);
        Assert.Equal(5, whole["count"]!.GetValue<long>());
        Assert.Equal(["a", "a", "b", "everyone", "x"], Names(whole["groups"]).Select(name => name.ToLowerInvariant()));
        Assert.Null(whole["groups"]![0]!["members"]);
        var ids = Ids(whole["groups"]);
        Assert.True(string.CompareOrdinal(ids[0].ToString(), ids[1].ToString()) < 0);

        var walked = new List<Guid>();
        for (var page = await world.Owner.GetAsync($"{path}?limit=1"); page["groups"]!.AsArray().Count > 0; page = await world.Owner.GetAsync($"{path}?limit=1&after_id={walked[^1]}"))
            walked.AddRange(Ids(page["groups"]));
        Assert.Equal(ids, walked);
        Assert.Equal(ids.Skip(1).Take(2), Ids((await world.Owner.GetAsync($"{path}?limit=2&offset=1"))["groups"]));
    }

    [Fact]
    public async Task Case_39_groups_are_searched_by_both_names()
    {
        var found = await world.Owner.PostAsync(Groups, new { name = world.Name("zz"), display_name = "Our Ops Team" });
        var path = $"/organizations/{world.O1}/paginated-groups";
        Assert.Equal(Id(found), Assert.Single(Ids((await world.Owner.GetAsync($"{path}?q=ops&limit=25"))["groups"])));
        Assert.Equal(world.O1, Assert.Single(Ids((await world.Owner.GetAsync($"{path}?q=EVERYO"))["groups"])));
        Assert.Equal(400, (await world.Owner.GetAsync($"{path}?q=name:ops")).Code);
    }

    [Fact]
    public async Task Case_40_behind_the_end_there_is_an_empty_page()
    {
        var path = $"/organizations/{world.O1}/paginated-groups";
        var foreign = Id(await world.Owner.PostAsync($"/organizations/{world.O2}/groups", new { name = world.Name("aaa") }));
        foreach (var query in new[] { "limit=5&offset=500", $"after_id={foreign}", $"after_id={Guid.CreateVersion7()}", $"after_id={world.O2}" })
            Assert.Equal("{\"groups\":[],\"count\":0}\n", (await world.Owner.GetAsync($"{path}?{query}")).Text);
    }

    [Fact]
    public async Task One_call_tells_the_groups_of_a_page_of_people()
    {
        var (both, one) = (await world.GroupAsync(world.Name(), world.Anna.Id, world.Ben.Id), await world.GroupAsync(world.Name(), world.Ben.Id, world.Dora.Id));
        var list = (await world.Owner.GetAsync($"/groups?organization={world.O1}&member_ids={world.Anna.Id},{world.Ben.Id}")).Json!.AsArray();
        Assert.Equal(new HashSet<Guid> { world.Anna.Id, world.Ben.Id }, MembersOf(list.Single(group => Id(group) == both)).ToHashSet());
        Assert.Equal(world.Ben.Id, Assert.Single(MembersOf(list.Single(group => Id(group) == one))));
        Assert.Equal(new HashSet<Guid> { world.Anna.Id, world.Ben.Id }, MembersOf(list.Single(group => Id(group) == world.O1)).ToHashSet());
        Assert.DoesNotContain(one, Ids((await world.Owner.GetAsync($"/groups?member_ids={world.Anna.Id}")).Json));
        Assert.Equal("[]\n", (await world.Owner.GetAsync("/groups?member_ids=")).Text);
        Assert.Equal(400, (await world.Owner.GetAsync("/groups?member_ids=anna")).Code);

        // A plain member sees themself, here too.
        var mine = (await world.Dora.Client.GetAsync($"/groups?member_ids={world.Ben.Id},{world.Dora.Id}")).Json!.AsArray();
        Assert.All(mine, group => Assert.Equal(world.Dora.Id, Assert.Single(MembersOf(group))));
        Assert.Contains(one, Ids(mine));
    }

    [Fact]
    public async Task Authcheck_knows_groups()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id);
        var checks = new { checks = new { change = new { @object = new { resource_type = "group", resource_id = id }, action = "update" }, read = new { @object = new { resource_type = "group", resource_id = id }, action = "read" } } };
        Assert.Equal("""{"change":true,"read":true}""" + "\n", (await world.Owner.PostAsync("/authcheck", checks)).Text);
        Assert.Equal("""{"change":false,"read":true}""" + "\n", (await world.Anna.Client.PostAsync("/authcheck", checks)).Text);
        Assert.Equal("""{"change":false,"read":false}""" + "\n", (await world.Carl.Client.PostAsync("/authcheck", checks)).Text);
    }
}
