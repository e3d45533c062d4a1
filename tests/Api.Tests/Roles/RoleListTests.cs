namespace Monolith.Api.Tests.Roles;

/// <summary>The role lists: roles specification 4.2 to 4.4.</summary>
[Collection(RolesGroup.Name)]
public sealed class RoleListTests(RolesServer server)
{
    private const string Site = "owner auditor template-admin user-admin";

    private const string Six =
        "organization-admin organization-auditor organization-template-admin organization-user-admin organization-workspace-creation-ban organization-workspace-access";

    [Theory]
    [InlineData("plain member, site list", "member", "site", Site, "")]
    [InlineData("org admin, site list", "organization-admin", "site", Site, "")]
    [InlineData("owner, site list", "owner", "site", Site, Site)]
    [InlineData("site user-admin, site list", "user-admin", "site", Site, "")]
    [InlineData("plain member, own org list", "member", "own", Six, "")]
    [InlineData("org admin, own org list", "organization-admin", "own", Six, Six)]
    [InlineData("owner, own org list", "owner", "own", Six, Six)]
    [InlineData("owner, other org list", "owner", "other", Six, Six)]
    [InlineData("plain member, other org list", "member", "other", null, "")]
    [InlineData("org admin, other org list", "organization-admin", "other", null, "")]
    [InlineData("site user-admin, own org list", "user-admin", "own", Six, "organization-workspace-access")]
    [InlineData("site user-admin, other org list", "user-admin", "other", Six, "organization-workspace-access")]
    [InlineData("organization-user-admin, own org list", "organization-user-admin", "own", Six, "organization-workspace-access")]
    [InlineData("site auditor, other org list", "auditor", "other", Six, "")]
    [InlineData("site template-admin, other org list", "template-admin", "other", Six, "")]
    public async Task Row(string row, string person, string list, string? names, string assignable)
    {
        var answer = await server.As(person).GetAsync(list switch { "site" => "/users/roles", "own" => server.Roles(), _ => server.Roles(server.Other) });
        if (names is null)
        {
            Assert.True(answer.Code == 404 && answer.Text.Contains("Resource not found", StringComparison.Ordinal), row);
            return;
        }

        var roles = answer.Json!.AsArray().Where(role => role!["built_in"]!.GetValue<bool>()).ToList();
        Assert.Equal(names.Split(' '), roles.Select(role => role!["name"]!.GetValue<string>()));
        Assert.Equal(assignable, string.Join(' ', roles.Where(role => role!["assignable"]!.GetValue<bool>()).Select(role => role!["name"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("organization-admin", true)]
    [InlineData("user-admin", false)]
    [InlineData("organization-user-admin", false)]
    [InlineData("member", false)]
    public async Task Custom_roles_come_after_built_in_ones_by_name(string person, bool assignable)
    {
        string[] made = [await server.MakeRoleAsync("template:read", "template:create"), await server.MakeRoleAsync()];
        var roles = (await server.As(person).GetAsync(server.Roles())).Json!.AsArray();
        var custom = roles.Skip(6).ToList();
        Assert.All(custom, role => Assert.Equal((false, assignable), (role!["built_in"]!.GetValue<bool>(), role["assignable"]!.GetValue<bool>())));
        var names = custom.Select(role => role!["name"]!.GetValue<string>()).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(made, name => Assert.Contains(name, names));
        var first = custom[names.IndexOf(made[0])]!;
        Assert.Equal($$"""[{"negate":false,"resource_type":"template","action":"read"},{"negate":false,"resource_type":"template","action":"create"}]""", first["organization_permissions"]!.ToJsonString());
        Assert.Equal("[][][]", $"{first["site_permissions"]!.ToJsonString()}{first["user_permissions"]!.ToJsonString()}{first["organization_member_permissions"]!.ToJsonString()}");
        Assert.Equal(server.Here, first["organization_id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Lists_are_complete_and_the_same_every_time()
    {
        var site = await server.As("member").GetAsync("/users/roles");
        Assert.Equal(site.Text, (await server.As("member").GetAsync("/users/roles")).Text);
        Assert.Contains("""{"negate":false,"resource_type":"workspace","action":"ssh"}""", site.Json![0]!["site_permissions"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("organization_id", site.Text.Replace("organization_permissions", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var own = await server.As("member").GetAsync(server.Roles());
        Assert.Equal(own.Text, (await server.As("member").GetAsync("/organizations/default/members/roles")).Text);
        Assert.Contains("""{"negate":true,"resource_type":"workspace","action":"create"}""", own.Json![4]!["organization_permissions"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(own.Json![5]!["organization_member_permissions"]!.AsArray());
    }

    [Fact]
    public async Task A_scope_without_the_permission_is_403_for_site_roles_and_404_for_an_organization()
    {
        var (_, client) = await server.AddAsync(server.Here);
        await server.Scenario.Server.SqlAsync($"update members.api_keys set scopes = '{{organization:read}}' where id = '{client.Token!.Split('-')[0]}'");
        Assert.Equal(403, (await client.GetAsync("/users/roles")).Code);
        Assert.Equal(404, (await client.GetAsync(server.Roles())).Code);
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in()
    {
        Assert.Equal(401, (await server.Scenario.Anonymous().GetAsync("/users/roles")).Code);
        Assert.Equal(401, (await server.Scenario.Anonymous().GetAsync(server.Roles())).Code);
    }
}
