using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Changing a group: cases 48 to 61 of the specification, section 9.5.</summary>
[Collection(SharedWorld.Name)]
public sealed class ChangeTests(GroupWorld world)
{
    [Fact]
    public async Task Case_48_all_fields_change_together()
    {
        var (id, name) = (await world.GroupAsync(world.Name()), world.Name());
        var answer = await world.ChangeAsync(id, new { name, display_name = "The Devs", avatar_url = "https://example.com/a.png", quota_allowance = 7 });
        Assert.Equal((200, name, "The Devs"), (answer.Code, Text(answer.Json, "name"), Text(answer.Json, "display_name")));
        Assert.Equal(("https://example.com/a.png", 7), (Text(answer.Json, "avatar_url"), answer["quota_allowance"]!.GetValue<int>()));
        Assert.Equal(answer.Text, (await world.GetAsync(id)).Text);
    }

    [Fact]
    public async Task Case_49_nulls_change_nothing()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id);
        await world.ChangeAsync(id, new { display_name = "Kept", avatar_url = "/x.png", quota_allowance = 3 });
        var (before, rows) = ((await world.GetAsync(id)).Text, await RowsAsync(id));
        var answer = await world.ChangeAsync(id, """{"name":"","display_name":null,"avatar_url":null,"quota_allowance":null,"add_users":null,"remove_users":null}""");
        Assert.Equal((200, before), (answer.Code, answer.Text));
        Assert.Equal(rows, await RowsAsync(id));
    }

    [Fact]
    public async Task Case_50_empty_texts_clear()
    {
        var id = await world.GroupAsync(world.Name());
        await world.ChangeAsync(id, new { display_name = "Gone", avatar_url = "/x.png", quota_allowance = 3 });
        var answer = await world.ChangeAsync(id, new { display_name = "", avatar_url = "", quota_allowance = 0 });
        Assert.Equal((200, "", "", 0), (answer.Code, Text(answer.Json, "display_name"), Text(answer.Json, "avatar_url"), answer["quota_allowance"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Case_51_a_taken_name_is_refused()
    {
        var (taken, own) = (world.Name(), world.Name());
        await world.GroupAsync(taken);
        var id = await world.GroupAsync(own);
        var before = (await world.GetAsync(id)).Text;
        var refused = await world.ChangeAsync(id, new { name = taken, quota_allowance = 9, add_users = new[] { world.Anna.Id } });
        Assert.Equal((409, "name"), (refused.Code, Assert.Single(Fields(refused))));
        Assert.Equal(400, (await world.ChangeAsync(id, new { name = "Everyone" })).Code);
        Assert.Equal(before, (await world.GetAsync(id)).Text);
        Assert.Equal(200, (await world.ChangeAsync(id, new { name = own })).Code);
    }

    [Fact]
    public async Task Case_52_who_is_in_is_not_added_again()
    {
        var id = await world.GroupAsync(world.Name());
        var both = await world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id, world.Ben.Id } });
        Assert.Equal((200, 2, 2L), (both.Code, MembersOf(both).Count, Count(both)));
        Assert.Equal(400, (await world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id } })).Code);
        Assert.Equal(400, (await world.ChangeAsync(id, new { add_users = new[] { world.Dora.Id, world.Anna.Id } })).Code);
        Assert.Equal(both.Text, (await world.GetAsync(id)).Text);
    }

    [Fact]
    public async Task Case_53_nobody_is_named_twice()
    {
        var id = await world.GroupAsync(world.Name());
        Assert.Equal(400, (await world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id, world.Anna.Id } })).Code);
        Assert.Equal(0, Count(await world.GetAsync(id)));
    }

    [Fact]
    public async Task Case_54_and_55_who_is_no_member_is_refused_whoever_they_are()
    {
        var id = await world.GroupAsync(world.Name());
        var before = (await world.GetAsync(id)).Text;
        var deleted = await world.PersonAsync(world.Name("gone"));
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/users/{deleted}")).Code);
        var told = new HashSet<string>();
        foreach (var stranger in new[] { world.Carl.Id, Guid.CreateVersion7(), deleted, Guid.Empty })
        {
            var answer = await world.ChangeAsync(id, new { name = world.Name(), add_users = new[] { world.Anna.Id, stranger } });
            Assert.Equal(400, answer.Code);
            Assert.Contains(stranger.ToString(), Text(answer.Json, "message"), StringComparison.Ordinal);
            told.Add(answer.Text.Replace(stranger.ToString(), "", StringComparison.Ordinal));
        }

        Assert.Single(told);
        Assert.Equal(before, (await world.GetAsync(id)).Text);
    }

    [Theory]
    [InlineData("""["anna"]""", "anna")]
    [InlineData("[null]", "")]
    public async Task Case_56_an_id_is_a_uuid(string list, string told)
    {
        var id = await world.GroupAsync(world.Name());
        foreach (var key in new[] { "add_users", "remove_users" })
        {
            var answer = await world.ChangeAsync(id, $$"""{"{{key}}":{{list}}}""");
            Assert.Equal(400, answer.Code);
            Assert.Contains(told, Text(answer.Json, "message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Case_57_and_58_who_is_not_in_is_removed_without_effect_and_a_stranger_is_refused()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id);
        var before = (await world.GetAsync(id)).Text;
        var answer = await world.ChangeAsync(id, new { remove_users = new[] { world.Ben.Id, world.Ben.Id } });
        Assert.Equal((200, before), (answer.Code, answer.Text));
        Assert.Equal(400, (await world.ChangeAsync(id, new { remove_users = new[] { world.Carl.Id } })).Code);
        Assert.Equal(0, Count(await world.ChangeAsync(id, new { remove_users = new[] { world.Anna.Id } })));
    }

    [Fact]
    public async Task Case_59_who_is_in_both_lists_ends_outside()
    {
        var id = await world.GroupAsync(world.Name());
        var answer = await world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id }, remove_users = new[] { world.Anna.Id } });
        Assert.Equal((200, 0), (answer.Code, MembersOf(answer).Count));
    }

    [Fact]
    public async Task Case_60_suspended_and_dormant_people_are_added()
    {
        var (suspended, dormant, id) = (await world.PersonAsync(world.Name("su")), await world.PersonAsync(world.Name("do")), await world.GroupAsync(world.Name()));
        await world.Owner.PutAsync($"/users/{suspended}/status/suspend");
        await world.RunAsync($"update members.users set status = 'dormant' where id = '{dormant}'");
        Assert.Equal(2, Count(await world.ChangeAsync(id, new { add_users = new[] { suspended, dormant } })));
    }

    [Fact]
    public async Task Case_61_without_the_right_nothing_changes()
    {
        var id = await world.GroupAsync(world.Name(), world.Anna.Id);
        var before = (await world.GetAsync(id)).Text;
        foreach (var client in new[] { world.Anna.Client, world.Ben.Client })
        {
            Assert.Equal(403, (await world.ChangeAsync(id, new { name = world.Name() }, client)).Code);
            Assert.Equal(403, (await world.ChangeAsync(id, """{"name":"a b"}""", client)).Code);
            Assert.Equal(403, (await client.DeleteAsync($"/groups/{id}")).Code);
        }

        Assert.Equal(404, (await world.ChangeAsync(id, new { name = world.Name() }, world.Carl.Client)).Code);
        Assert.Equal(before, (await world.GetAsync(id)).Text);
    }

    private Task<long> RowsAsync(Guid group) => world.NumberAsync($"select count(*) from platform.audit_logs where resource_id = '{group}'");
}
