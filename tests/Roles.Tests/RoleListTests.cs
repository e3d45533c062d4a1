using System.Text.Json;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Json;
using Monolith.Roles.Assignment;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 4.4 and 7.</summary>
public sealed class RoleListTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("organization-admin:org", false)]
    [InlineData("user-admin", false)]
    [InlineData("owner", true)]
    public async Task Site_list(string actor, bool assignable)
    {
        var caller = Substitute.For<ICaller>();
        caller.Subject.Returns(Actors.Member(actor));
        var roles = (await new ListSiteRolesHandler(caller, new DeploymentRoles(new RoleOptions())).Handle(new ListSiteRolesQuery(), CancellationToken.None)).Value;
        Assert.Equal(["owner", "auditor", "template-admin", "user-admin"], roles.Select(role => role.Name));
        Assert.All(roles, role => Assert.Equal((assignable, true, null), (role.Assignable, role.BuiltIn, role.OrganizationId)));
    }

    [Fact]
    public void A_built_in_role_on_the_wire()
    {
        var ban = AssignableRole.From(OrganizationRoles.WorkspaceCreationBan, Ids.Org, false);
        var json = JsonSerializer.SerializeToElement(ban, WireJson.Options);
        Assert.Equal(
            ["assignable", "built_in", "display_name", "name", "organization_id", "organization_member_permissions", "organization_permissions", "site_permissions", "user_permissions"],
            json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            """[{"negate":true,"resource_type":"workspace","action":"create"},{"negate":true,"resource_type":"workspace","action":"create_agent"},{"negate":true,"resource_type":"workspace","action":"delete"},{"negate":true,"resource_type":"workspace","action":"delete_agent"}]""",
            json.GetProperty("organization_permissions").GetRawText());
        Assert.Equal("[]", json.GetProperty("site_permissions").GetRawText());
    }

    [Fact]
    public void A_site_role_leaves_the_organization_out() =>
        Assert.False(JsonSerializer.SerializeToElement(AssignableRole.From(SiteRoles.Owner, null, true), WireJson.Options).TryGetProperty("organization_id", out _));

    [Fact]
    public void A_custom_role_on_the_wire()
    {
        var stored = new CustomRole(Ids.Me, Ids.Org, "builder", "", """[{"negate": false, "resource_type": "template", "action": "read"}]""", 3);
        var json = JsonSerializer.Serialize(RoleView.From(stored), WireJson.Options);
        Assert.Equal(
            $$"""{"name":"builder","organization_id":"{{Ids.Org}}","display_name":"","site_permissions":[],"organization_permissions":[{"negate":false,"resource_type":"template","action":"read"}],"user_permissions":[],"organization_member_permissions":[]}""",
            json);
        Assert.EndsWith("-3", stored.EntityTag, StringComparison.Ordinal);
    }
}
