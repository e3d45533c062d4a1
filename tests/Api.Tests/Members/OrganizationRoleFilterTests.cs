using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary><c>org-role</c> in the search of the paginated members: who holds a role in this organization.</summary>
public sealed class OrganizationRoleFilterTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Finds_stored_default_and_implied_roles_and_nothing_of_other_organizations()
    {
        await Scenario.Owner.PostAsync("/organizations/default/members/roles", new
        {
            name = "release-manager",
            display_name = "",
            site_permissions = Array.Empty<object>(),
            user_permissions = Array.Empty<object>(),
            organization_permissions = new[] { new { negate = false, resource_type = "template", action = "read" } },
        });
        foreach (var (name, roles) in new[] { ("rita", new[] { "release-manager" }), ("aud", ["organization-auditor"]), ("both", ["organization-auditor", "release-manager"]), ("none", []) })
        {
            await Scenario.CreateUserAsync(name);
            Assert.Equal(200, (await Scenario.Owner.PutAsync($"/organizations/default/members/{name}/roles", new { roles })).Code);
        }

        await Scenario.Owner.PostAsync("/users", new { username = "robot", service_account = true, organization_ids = new[] { Scenario.OrganizationId } });
        await Scenario.Owner.PostAsync("/organizations", new { name = "elsewhere" });
        await Scenario.Owner.PostAsync("/organizations/elsewhere/members/none");
        await Scenario.Owner.PutAsync("/organizations/elsewhere/members/none/roles", new { roles = new[] { "organization-auditor" } });

        await AssertAsync("org-role:release-manager", "both", "rita");
        await AssertAsync("ORG_ROLE:Organization-Auditor", "aud", "both");
        await AssertAsync("org-role:release-manager,organization-auditor", "aud", "both", "rita");
        await AssertAsync("org-role:release-manager search:bo", "both");
        await AssertAsync("org-role:nobodys-role");
        await AssertAsync("org-role:organization-workspace-access", "aud", "both", "none", "owner", "rita", "robot");
        await AssertAsync("org-role:organization-member", "aud", "both", "none", "owner", "rita");
        await AssertAsync("org-role:organization-service-account,release-manager", "both", "rita", "robot");
        Assert.Equal(400, (await Scenario.Owner.GetAsync("/users?q=org-role:release-manager")).Code);
    }

    private async Task AssertAsync(string q, params string[] expected)
    {
        var path = $"/organizations/default/paginated-members?q={Uri.EscapeDataString(q)}";
        var whole = await Scenario.Owner.GetAsync(path);
        Assert.Equal(expected, whole["members"]!.AsArray().Select(member => member!["username"]!.GetValue<string>()));
        Assert.Equal(expected.Length, (await Scenario.Owner.GetAsync($"{path}&limit=1"))["count"]!.GetValue<int>());
    }
}
