using System.Text.Json.Nodes;
using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>What published clients send, in their order: cases 81 and 82 of the specification, section 9.8, and section 6.</summary>
[Collection(SharedWorld.Name)]
public sealed class ClientTests(GroupWorld world)
{
    [Fact]
    public async Task Case_81_the_resource_of_the_provider()
    {
        Assert.Equal(200, (await world.Owner.GetAsync("/users/me")).Code);
        Assert.True((await world.Owner.GetAsync("/entitlements"))["features"]!["template_rbac"]!["enabled"]!.GetValue<bool>());

        var plan = new Plan(world.Name("tf"), "", "", 10, [world.Anna.Id, world.Ben.Id]);
        var made = await world.Owner.PostAsync($"/organizations/{world.O1}/groups", new { name = plan.Name, display_name = plan.DisplayName, avatar_url = plan.AvatarUrl, quota_allowance = plan.Allowance });
        Assert.Equal(201, made.Code);
        var id = Id(made);
        Assert.Equal(200, (await world.ChangeAsync(id, Patch("", null, null, null, plan.Members, null))).Code);
        await AssertIsAsync(id, plan);

        var next = plan with { Name = world.Name("tf"), DisplayName = "Terraformed", AvatarUrl = "/emojis/1f680.png", Allowance = 0, Members = [world.Ben.Id, world.Dora.Id] };
        var stored = MembersOf(await world.GetAsync(id));
        Assert.Equal(200, (await world.ChangeAsync(id, Patch(next.Name, next.DisplayName, next.AvatarUrl, next.Allowance, [.. next.Members.Except(stored)], [.. stored.Except(next.Members)]))).Code);
        await AssertIsAsync(id, next);

        var organization = Text((await world.Owner.GetAsync($"/organizations/{world.O1}")).Json, "name");
        Assert.Equal(id, Id(await world.Owner.GetAsync($"/organizations/{organization}/groups/{next.Name}")));
        Assert.Equal("user", Text((await world.GetAsync(id)).Json, "source"));
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/groups/{id}")).Code);
        Assert.Equal(404, (await world.GetAsync(id)).Code);
    }

    [Fact]
    public async Task A_resource_with_a_stranger_is_made_and_refused()
    {
        var made = await world.Owner.PostAsync($"/organizations/{world.O1}/groups", new { name = world.Name("tainted"), display_name = "", avatar_url = "", quota_allowance = 0 });
        Assert.Equal(201, made.Code);
        Assert.Equal(400, (await world.ChangeAsync(Id(made), Patch("", null, null, null, [world.Carl.Id], null))).Code);
    }

    [Fact]
    public async Task Case_82_the_commands_of_the_command_line()
    {
        var organization = (await world.Owner.GetAsync("/users/me/organizations")).Json!.AsArray().Single(one => one!["is_default"]!.GetValue<bool>())!;
        var name = world.Name("cli");
        Assert.Equal(201, (await world.Owner.PostAsync($"/organizations/{Id(organization)}/groups", new { name, display_name = "", avatar_url = "", quota_allowance = 0 })).Code);

        // groups edit -a anna@… -r ben@…
        var group = await world.Owner.GetAsync($"/organizations/{Id(organization)}/groups/{name}");
        var users = (await world.Owner.GetAsync("/users"))["users"]!.AsArray().ToDictionary(user => Text(user, "email"), Id);
        await world.ChangeAsync(Id(group), new { add_users = new[] { world.Ben.Id } });
        var edited = await world.ChangeAsync(Id(group), Patch("", null, null, null, [users["anna@example.com"]], [users["ben@example.com"]]));
        Assert.Equal((200, world.Anna.Id), (edited.Code, Assert.Single(MembersOf(edited))));

        // groups edit -n … --display-name …
        var renamed = world.Name("cli");
        Assert.Equal(200, (await world.ChangeAsync(Id(group), Patch(renamed, "Shown", null, null, null, null))).Code);

        // groups list
        var listed = (await world.Owner.GetAsync($"/groups?organization={Id(organization)}")).Json!.AsArray().Single(one => Text(one, "name") == renamed);
        Assert.Equal(("Shown", "anna@example.com"), (Text(listed, "display_name"), Text(Assert.Single(listed!["members"]!.AsArray()), "email")));

        // groups delete
        Assert.Equal(200, (await world.Owner.DeleteAsync($"/groups/{Id(await world.Owner.GetAsync($"/organizations/{Id(organization)}/groups/{renamed}"))}")).Code);
    }

    [Fact]
    public async Task A_script_adds_one_person()
    {
        var id = await world.GroupAsync(world.Name());
        var answer = await world.ChangeAsync(id, $$"""{"name":"","add_users":["{{world.Anna.Id}}"],"remove_users":[]}""");
        Assert.Equal((200, world.Anna.Id), (answer.Code, Assert.Single(MembersOf(answer))));
    }

    // The SDK of the clients writes every key on each call.
    private static string Patch(string name, string? displayName, string? avatarUrl, int? allowance, Guid[]? add, Guid[]? remove) => new JsonObject
    {
        ["add_users"] = add is null ? null : new JsonArray([.. add.Select(id => JsonValue.Create(id))]),
        ["remove_users"] = remove is null ? null : new JsonArray([.. remove.Select(id => JsonValue.Create(id))]),
        ["name"] = name,
        ["display_name"] = displayName,
        ["avatar_url"] = avatarUrl,
        ["quota_allowance"] = allowance,
    }.ToJsonString();

    private async Task AssertIsAsync(Guid id, Plan plan)
    {
        var group = await world.GetAsync(id);
        Assert.Equal((plan.Name, plan.DisplayName, plan.AvatarUrl), (Text(group.Json, "name"), Text(group.Json, "display_name"), Text(group.Json, "avatar_url")));
        Assert.Equal((plan.Allowance, world.O1), (group["quota_allowance"]!.GetValue<int>(), group["organization_id"]!.GetValue<Guid>()));
        Assert.Equal(plan.Members.ToHashSet(), MembersOf(group).ToHashSet());
    }

    private sealed record Plan(string Name, string DisplayName, string AvatarUrl, int Allowance, Guid[] Members);
}
