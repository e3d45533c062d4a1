using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Default roles of an organization: cases 122 to 125 and 11, roles specification 6.5, contract section 6.</summary>
public sealed class DefaultRoleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_124_default_roles_act_on_every_member_at_once_and_stand_in_no_answer()
    {
        var organization = await CreateAsync();
        var (id, member) = await _s.AddAsync(Unique());
        await _s.Owner.PostAsync($"/organizations/{organization}/members/{id}");
        Assert.Equal((true, false, false), await MayAsync(member, id, organization));
        Assert.Equal("[]", await SetAsync(organization));
        Assert.Equal((false, false, false), await MayAsync(member, id, organization));
        Assert.Equal("[\"organization-auditor\"]", await SetAsync(organization, "organization-auditor", "organization-auditor"));
        Assert.Equal((false, true, false), await MayAsync(member, id, organization));
        Assert.Equal("[]", (await _s.Owner.GetAsync($"/organizations/{organization}/members/{id}"))["roles"]!.ToJsonString());

        // Another organization keeps its own.
        Assert.Equal((true, false, false), await MayAsync(member, id, _s.OrganizationId));
    }

    [Theory]
    [InlineData("no-such-role", "Invalid default_org_member_roles entry")]
    [InlineData("owner", "Invalid default_org_member_roles entry")]
    [InlineData("organization-member", "Invalid default_org_member_roles entry")]
    [InlineData("agents-access", "retired")]
    public async Task Cases_125_and_11i_only_built_in_roles_can_be_default(string role, string text)
    {
        var answer = await PatchAsync(await CreateAsync(), role);
        Assert.Equal(400, answer.Code);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_125_a_custom_role_cannot_be_default()
    {
        var organization = await CreateAsync();
        Assert.Equal(200, (await _s.Owner.PostAsync($"/organizations/{organization}/members/roles", new { name = "crafter" })).Code);
        Assert.Equal(400, (await PatchAsync(organization, "crafter")).Code);
    }

    [Fact]
    public async Task Default_roles_are_no_way_round_the_assignment_rules()
    {
        var organization = await CreateAsync();
        var (id, editor) = await _s.AddAsync(Unique());
        await _s.Owner.PostAsync($"/organizations/{organization}/members/{id}");
        object[] permissions = [new { negate = false, resource_type = "organization", action = "update" }];
        await _s.Owner.PostAsync($"/organizations/{organization}/members/roles", new { name = "editor", organization_permissions = permissions });
        await _s.Owner.PutAsync($"/organizations/{organization}/members/{id}/roles", new { roles = new[] { "editor" } });
        Assert.Equal(200, (await editor.SendAsync(HttpMethod.Patch, $"/organizations/{organization}", new { description = "mine" })).Code);
        Assert.Equal(403, (await PatchAsync(organization, editor, "organization-admin")).Code);
        Assert.Equal("[\"organization-workspace-access\"]", (await _s.Owner.GetAsync($"/organizations/{organization}"))["default_org_member_roles"]!.ToJsonString());
    }

    [Fact]
    public async Task Nobody_is_added_by_whoever_may_not_hand_out_the_default_roles()
    {
        var organization = await CreateAsync();
        var (admin, userAdmin) = await _s.AddAsync(Unique());
        await _s.Owner.PutAsync($"/users/{admin}/roles", new { roles = new[] { "user-admin" } });
        var (friend, _) = await _s.AddAsync(Unique());
        await SetAsync(organization, "organization-admin");

        Assert.Equal(403, (await userAdmin.PostAsync($"/organizations/{organization}/members/{friend}")).Code);
        Assert.Equal(403, (await userAdmin.PostAsync($"/organizations/{organization}/members", new { user_ids = new[] { admin, friend } })).Code);
        var name = Unique();
        var user = new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { organization } };
        Assert.Equal(403, (await userAdmin.PostAsync("/users", user)).Code);

        await SetAsync(organization, "organization-workspace-access");
        Assert.Equal(200, (await userAdmin.PostAsync($"/organizations/{organization}/members/{friend}")).Code);
    }

    private static string Unique() => $"someone{Interlocked.Increment(ref _serial)}";

    private async Task<Guid> CreateAsync() => (await _s.Owner.PostAsync("/organizations", new { name = Unique() }))["id"]!.GetValue<Guid>();

    private Task<ApiAnswer> PatchAsync(Guid organization, params string[] roles) => PatchAsync(organization, _s.Owner, roles);

    private static Task<ApiAnswer> PatchAsync(Guid organization, ApiClient client, params string[] roles) =>
        client.SendAsync(HttpMethod.Patch, $"/organizations/{organization}", new { default_org_member_roles = roles });

    private async Task<string> SetAsync(Guid organization, params string[] roles)
    {
        var answer = await PatchAsync(organization, roles);
        Assert.Equal(200, answer.Code);
        return answer["default_org_member_roles"]!.ToJsonString();
    }

    private static async Task<(bool OwnWorkspaces, bool AuditLog, bool Members)> MayAsync(ApiClient client, Guid id, Guid organization)
    {
        object Check(string type, string action, Guid? owner = null) =>
            new { @object = new { resource_type = type, owner_id = owner?.ToString() ?? "", organization_id = organization }, action };
        var answer = await client.PostAsync("/authcheck", new
        {
            checks = new { own = Check("workspace", "create", id), audit = Check("audit_log", "read"), members = Check("organization_member", "create") },
        });
        return (answer["own"]!.GetValue<bool>(), answer["audit"]!.GetValue<bool>(), answer["members"]!.GetValue<bool>());
    }
}

/// <summary>Strict mode: no feature without a license.</summary>
public sealed class UnlicensedOrganizationTests
{
    [Fact]
    public async Task Cases_121_to_123_without_a_license_the_gate_answers_before_anything_else()
    {
        await using var s = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        foreach (var answer in new[]
        {
            await s.Owner.PostAsync("/organizations", new { name = "second" }),
            await s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", "{"),
            await s.Owner.SendAsync(HttpMethod.Patch, "/organizations/nothing", new { name = "x" }),
            await s.Owner.DeleteAsync("/organizations/default"),
        })
        {
            Assert.Equal(403, answer.Code);
            Assert.Contains("Multiple Organizations is a Premium feature", answer["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        await using var half = await Scenario.StartAsync(("Entitlements:CommunityFeatures", "multiple_organizations"));
        Task<ApiAnswer> SetAsync(params string[] roles) => half.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { default_org_member_roles = roles });
        Assert.Equal(200, (await SetAsync("organization-workspace-access")).Code);
        var refused = await SetAsync();
        Assert.Equal(403, refused.Code);
        Assert.Contains("Changing default organization roles is not enabled", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
