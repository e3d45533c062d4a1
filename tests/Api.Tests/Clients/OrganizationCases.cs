using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Clients;

/// <summary>Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(UsersGroup.Name)]
public sealed class OrganizationCases(ServerFixture fixture)
{
    private const string Everybody = """{"sharing_globally_disabled":false,"sharing_disabled":false,"shareable_workspace_owners":"everyone"}""";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_30_a_role_is_made_and_replaced_by_patch()
    {
        const string path = "/organizations/default/members/roles";
        var name = UserSteps.Unique("patched");
        foreach (var action in new[] { "read", "update" })
        {
            var answer = await _s.Owner.SendAsync(HttpMethod.Patch, path, new { name, display_name = action, organization_permissions = new[] { new { resource_type = "template", action } } });
            Assert.Equal((200, action), (answer.Code, answer.Text("display_name")));
            var stored = (await _s.Owner.GetAsync(path)).Json!.AsArray().Single(role => role!["name"]!.GetValue<string>() == name)!;
            Assert.Equal(action, Assert.Single(stored["organization_permissions"]!.AsArray())!["action"]!.GetValue<string>());
        }

        var (_, _, member) = await _s.AddPersonAsync("patcher");
        Assert.Equal(404, (await member.SendAsync(HttpMethod.Patch, path, new { name })).Code);
        Assert.Equal(404, (await member.SendAsync(HttpMethod.Patch, path, new { name = UserSteps.Unique("patched") })).Code);
        Assert.Equal(400, (await _s.Owner.SendAsync(HttpMethod.Patch, path, new { name = "owner" })).Code);
    }

    [Fact]
    public async Task Case_30_ten_at_a_time_end_in_one_role()
    {
        var name = UserSteps.Unique("patched");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default/members/roles", new { name })));
        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
        Assert.Single((await _s.Owner.GetAsync("/organizations/default/members/roles")).Json!.AsArray(), role => role!["name"]!.GetValue<string>() == name);
    }

    [Fact]
    public async Task Case_31_sharing_is_kept()
    {
        var (path, id) = await NewAsync();
        Assert.Equal(Everybody, (await _s.Owner.GetAsync(path)).Json!.ToJsonString());
        Assert.Equal(Everybody, (await PatchAsync(_s.Owner, path, new { })).Json!.ToJsonString());
        Assert.Equal(("none", true), Told(await PatchAsync(_s.Owner, path, new { sharing_disabled = true })));
        Assert.Equal(("none", true), Told(await PatchAsync(_s.Owner, path, new { })));
        Assert.Equal(("service_accounts", false), Told(await PatchAsync(_s.Owner, path, new { sharing_disabled = true, shareable_workspace_owners = "service_accounts" })));
        Assert.Equal(("everyone", false), Told(await PatchAsync(_s.Owner, path, new { sharing_disabled = false, shareable_workspace_owners = "" })));
        var refused = await PatchAsync(_s.Owner, path, new { shareable_workspace_owners = "x" });
        Assert.Equal((400, "shareable_workspace_owners"), (refused.Code, refused.Field()));
        Assert.Equal(5L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_type = 'organization' and resource_id = '{id}' and action = 'write' and status = 200"));

        var (_, userId, member) = await _s.AddPersonAsync("sharer");
        Assert.Equal(404, (await member.GetAsync(path)).Code);
        await _s.Owner.PostAsync($"/organizations/{id}/members/{userId}");
        Assert.Equal(200, (await member.GetAsync(path)).Code);
        Assert.Equal(403, (await PatchAsync(member, path, new { sharing_disabled = true })).Code);
    }

    [Theory]
    [InlineData("everyone", true, true, true)]
    [InlineData("service_accounts", false, true, true)]
    [InlineData("none", false, false, true)]
    public async Task Sharing_decides_who_may_share_a_workspace(string owners, bool byMember, bool byAdmin, bool byOwner)
    {
        var (path, id) = await NewAsync();
        await PatchAsync(_s.Owner, path, new { shareable_workspace_owners = owners });
        var (_, memberId, member) = await _s.AddPersonAsync("sharer");
        var (_, adminId, admin) = await _s.AddPersonAsync("sharer");
        foreach (var userId in new[] { memberId, adminId })
            await _s.Owner.PostAsync($"/organizations/{id}/members/{userId}");
        await _s.Owner.PutAsync($"/organizations/{id}/members/{adminId}/roles", new { roles = new[] { "organization-admin" } });
        Assert.Equal((byMember, byAdmin, byOwner), (await MayShareAsync(member, id, memberId), await MayShareAsync(admin, id, memberId), await MayShareAsync(_s.Owner, id, memberId)));
    }

    [Fact]
    public async Task The_switch_of_the_deployment_shows_and_wins()
    {
        var (path, _) = await NewAsync();
        await using var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Roles:DisableWorkspaceSharing", "true"));
        using var owner = new ApiClient(replica.Address, _s.Owner.Token);
        Assert.True((await owner.GetAsync(path))["sharing_globally_disabled"]!.GetValue<bool>());
        Assert.Equal(409, (await PatchAsync(owner, path, new { sharing_disabled = true })).Code);
        Assert.Equal(Everybody, (await _s.Owner.GetAsync(path)).Json!.ToJsonString());
    }

    [Fact]
    public async Task The_default_organization_comes_first_and_then_the_names()
    {
        foreach (var name in new[] { "aaa-first", "Aab-second" })
            await _s.Owner.PostAsync("/organizations", new { name });
        foreach (var path in new[] { "/organizations", "/users/me/organizations" })
        {
            var list = (await _s.Owner.GetAsync(path)).Json!.AsArray();
            Assert.True(list[0]!["is_default"]!.GetValue<bool>());
            var names = list.Skip(1).Select(one => one!["name"]!.GetValue<string>().ToLowerInvariant()).ToList();
            Assert.Contains("aaa-first", names);
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
        }
    }

    private async Task<(string Path, string Id)> NewAsync()
    {
        var id = (await _s.Owner.PostAsync("/organizations", new { name = UserSteps.Unique("sharing") })).Text("id");
        return ($"/organizations/{id}/settings/workspace-sharing", id);
    }

    private static (string Owners, bool Disabled) Told(ApiAnswer answer) => (answer.Text("shareable_workspace_owners"), answer["sharing_disabled"]!.GetValue<bool>());

    private static Task<ApiAnswer> PatchAsync(ApiClient client, string path, object body) => client.SendAsync(HttpMethod.Patch, path, body);

    /// <summary>Whether somebody may share a workspace of theirs, or of another member for those who may share all.</summary>
    private static async Task<bool> MayShareAsync(ApiClient client, string organization, Guid owner)
    {
        var check = new { @object = new { resource_type = "workspace", organization_id = organization, owner_id = owner }, action = "share" };
        return (await client.PostAsync("/authcheck", new { checks = new Dictionary<string, object> { ["share"] = check } }))["share"]!.GetValue<bool>();
    }
}
