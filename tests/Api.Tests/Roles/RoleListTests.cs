using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Roles specification 4.4.</summary>
public sealed class RoleListTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private static readonly string[] Site = ["auditor", "owner", "template-admin", "user-admin"];

    private static readonly string[] None = [];

    private static readonly string[] WorkspaceAccess = ["organization-workspace-access"];

    private Scenario Scenario => fixture.Scenario;

    private string OwnPath => $"/organizations/{Scenario.OrganizationId}/members/roles";

    [Fact]
    public async Task AnOwnerAssignsEverything()
    {
        AssertList(await Scenario.Owner.GetAsync("/users/roles"), 4, Site);
        AssertList(await Scenario.Owner.GetAsync(OwnPath), 6, null);
    }

    [Fact]
    public async Task AMemberAssignsNothing()
    {
        var (_, member) = await Scenario.AddAsync("list-member");
        AssertList(await member.GetAsync("/users/roles"), 4, None);
        AssertList(await member.GetAsync(OwnPath), 6, None);
        Assert.Equal(404, (await member.GetAsync(await OtherPathAsync("list-other-a"))).Code);
    }

    [Fact]
    public async Task AnOrganizationAdminAssignsInTheirOrganization()
    {
        var (id, admin) = await Scenario.AddAsync("list-admin");
        await GiveAsync(id, "organization-admin");
        AssertList(await admin.GetAsync("/users/roles"), 4, None);
        AssertList(await admin.GetAsync(OwnPath), 6, null);
        Assert.Equal(404, (await admin.GetAsync(await OtherPathAsync("list-other-b"))).Code);
    }

    [Fact]
    public async Task UserAdminsAssignWorkspaceAccessOnly()
    {
        var (_, site) = await Scenario.AddAsync("list-site-admin", "user-admin");
        AssertList(await site.GetAsync(OwnPath), 6, WorkspaceAccess);
        AssertList(await site.GetAsync(await OtherPathAsync("list-other-c")), 6, WorkspaceAccess);
        var (id, inOrganization) = await Scenario.AddAsync("list-org-admin");
        await GiveAsync(id, "organization-user-admin");
        AssertList(await inOrganization.GetAsync(OwnPath), 6, WorkspaceAccess);
    }

    [Fact]
    public async Task AStrangerIsAskedToSignIn()
    {
        Assert.Equal(401, (await Scenario.Anonymous().GetAsync("/users/roles")).Code);
        Assert.Equal(401, (await Scenario.Anonymous().GetAsync(OwnPath)).Code);
    }

    private async Task GiveAsync(Guid user, string role) => Assert.Equal(
        200,
        (await Scenario.Owner.PutAsync($"/organizations/{Scenario.OrganizationId}/members/{user}/roles", new { roles = new[] { role } })).Code);

    private async Task<string> OtherPathAsync(string name)
    {
        // By statement, so that these tests depend on no other feature.
        var id = Guid.CreateVersion7();
        await Scenario.Server.SqlAsync(
            $"""
            insert into members.organizations (id, name, name_folded, display_name, created_at, updated_at)
            values ('{id}', '{name}', '{name}', '{name}', now(), now())
            """);
        return $"/organizations/{id}/members/roles";
    }

    // Null: all of them.
    private static void AssertList(ApiAnswer answer, int count, string[]? assignable)
    {
        Assert.Equal(200, answer.Code);
        var roles = answer.Json!.AsArray();
        Assert.Equal(count, roles.Count);
        Assert.All(roles, role => Assert.True(role!["built_in"]!.GetValue<bool>()));
        var names = roles.Where(role => role!["assignable"]!.GetValue<bool>()).Select(role => role!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();
        if (assignable is null)
            Assert.Equal(count, names.Count);
        else
            Assert.Equal(assignable, names);
    }
}
