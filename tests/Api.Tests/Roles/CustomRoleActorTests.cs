using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Every row of the roles specification 9.3: an actor that reads and creates roles of the organization, and what it holds besides.</summary>
[Collection(RolesGroup.Name)]
public sealed class CustomRoleActorTests(RolesServer server)
{
    [Theory]
    [InlineData("actor without roles, empty role", "nothing", "", 404, "Resource not found")]
    [InlineData("actor as above, empty role", "", "", 200, "")]
    [InlineData("plus owner, site and org permissions together", "owner", "site_permissions workspace:read workspace:read", 400, "site wide permissions")]
    [InlineData("plus owner, workspace view_insights", "owner", "workspace:view_insights", 400, "invalid action")]
    [InlineData("plus owner, type foobar", "owner", "foobar:read", 400, "invalid resource")]
    [InlineData("plus owner, negated workspace read", "owner", "-workspace:read", 400, "no negative permissions")]
    [InlineData("plus owner, workspace *", "owner", "workspace:*", 400, "no wildcard symbols")]
    [InlineData("as above, workspace read", "", "workspace:read", 400, "not allowed to grant")]
    [InlineData("plus org admin of another organization, workspace read in O", "admin-elsewhere", "workspace:read", 400, "not allowed to grant")]
    [InlineData("plus org admin of O, user-level workspace read", "organization-admin", "user_permissions workspace:read", 400, "user permissions")]
    [InlineData("as above, member-level workspace read", "organization-admin", "organization_member_permissions workspace:read", 400, "member permissions")]
    [InlineData("plus template-admin, site-level deployment_config update", "template-admin", "site_permissions deployment_config:update", 400, "site wide permissions")]
    [InlineData("plus template-admin, workspace read in O", "template-admin", "workspace:read", 200, "")]
    [InlineData("plus org admin of O, workspace read in O", "organization-admin", "workspace:read", 200, "")]
    [InlineData("system row, even for an owner", "owner", "organization-member", 400, "Reserved")]
    public async Task Row(string row, string besides, string permissions, int status, string fragment)
    {
        var actor = await ActorAsync(besides);
        var words = permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var name = words.FirstOrDefault(word => word == "organization-member") ?? server.Unique("made");
        words.Remove(name);
        var other = words.FirstOrDefault(word => word.EndsWith("_permissions", StringComparison.Ordinal));
        var body = new Dictionary<string, object> { ["name"] = name };
        if (other is not null)
        {
            words.Remove(other);
            body[other] = RolesServer.Permissions(words[0]);
            words.RemoveAt(0);
        }

        body["organization_permissions"] = RolesServer.Permissions([.. words]);
        var answer = await actor.PostAsync(server.Roles(), body);
        Assert.True(answer.Code == status && answer.Text.Contains(fragment, StringComparison.Ordinal), $"{row}: {answer.Code} {answer.Text}");
        var isListed = (await actor.GetAsync(server.Roles())).Json!.AsArray().Any(role => role!["name"]!.GetValue<string>() == name);
        Assert.Equal(status == 200, isListed);
    }

    private async Task<ApiClient> ActorAsync(string besides)
    {
        var creator = await server.MakeRoleAsync("assign_org_role:read", "assign_org_role:create");
        string[] roles = besides == "nothing" ? [] : besides == "organization-admin" ? [creator, besides] : [creator];
        var (id, client) = await server.AddAsync(server.Here, roles);
        if (besides is "owner" or "template-admin")
            Assert.Equal(200, (await server.Scenario.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { besides } })).Code);
        if (besides != "admin-elsewhere")
            return client;
        Assert.Equal(200, (await server.Scenario.Owner.PostAsync($"/organizations/{server.Other}/members/{id}")).Code);
        await server.GiveAsync(server.Other, id, "organization-admin");
        return client;
    }
}
