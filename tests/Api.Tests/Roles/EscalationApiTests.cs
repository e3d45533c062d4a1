using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>The routes obey the rules that the search in <c>Roles.Tests</c> exhausts: who gets through with what, and that nothing else changes.</summary>
[Collection(RolesGroup.Name)]
public sealed class EscalationApiTests(RolesServer server)
{
    private static readonly string[] SiteRoles = ["owner", "auditor", "template-admin", "user-admin"];

    private static readonly string[] OrganizationRoles =
        ["organization-admin", "organization-auditor", "organization-template-admin", "organization-user-admin", "organization-workspace-access"];

    private static readonly string[] Permissions = ["workspace:read", "workspace:ssh", "audit_log:read", "user_secret:read", "assign_org_role:assign"];

    [Theory]
    [InlineData("member", "")]
    [InlineData("auditor", "")]
    [InlineData("template-admin", "")]
    [InlineData("organization-auditor", "")]
    [InlineData("organization-template-admin", "")]
    [InlineData("organization-user-admin", "org:organization-workspace-access")]
    [InlineData("user-admin", "org:organization-workspace-access join:friend join:self")]
    [InlineData("{assigner}", "")]
    [InlineData("{editor}", "role:assign_org_role:assign held:assign_org_role:assign")]
    [InlineData("organization-admin", "org:organization-admin org:organization-auditor org:organization-template-admin org:organization-user-admin org:organization-workspace-access org:{vault} "
        + "role:workspace:read role:audit_log:read role:assign_org_role:assign held:workspace:read held:audit_log:read held:assign_org_role:assign default:organization-admin default:organization-auditor")]
    [InlineData("owner", "site:owner site:auditor site:template-admin site:user-admin org:organization-admin org:organization-auditor org:organization-template-admin org:organization-user-admin org:organization-workspace-access org:{vault} "
        + "role:workspace:read role:workspace:ssh role:audit_log:read role:assign_org_role:assign held:workspace:read held:workspace:ssh held:audit_log:read held:assign_org_role:assign "
        + "default:organization-admin default:organization-auditor join:friend")]
    public async Task Only_these_requests_get_through(string person, string allowed)
    {
        var held = await server.MakeRoleAsync("assign_org_role:read", "assign_org_role:assign", "assign_org_role:create", "assign_org_role:update");
        var (actorId, actor) = person switch
        {
            "{assigner}" => await server.AddAsync(server.Here, await server.MakeRoleAsync("assign_org_role:assign", "assign_org_role:unassign", "organization:update", "organization_member:create")),
            "{editor}" => await server.AddAsync(server.Here, held),
            _ => (server.IdOf(person), server.As(person)),
        };
        var vault = await server.MakeRoleAsync("template:delete");
        List<string> passed = [];
        foreach (var (name, send, undo) in Requests(actor, actorId, await server.Scenario.CreateUserAsync(server.Unique("friend")), held, vault))
        {
            var answer = await send();
            Assert.True(answer.Code is 200 or 400 or 403 or 404, $"{name}: {answer.Text}");
            if (answer.Code == 200)
                passed.Add(name);
            await undo();
        }

        Assert.Equal(allowed.Replace("{vault}", vault, StringComparison.Ordinal), string.Join(' ', passed));
    }

    private IEnumerable<(string Name, Func<Task<ApiAnswer>> Send, Func<Task> Undo)> Requests(ApiClient actor, Guid actorId, Guid friend, string held, string vault)
    {
        var owner = server.Scenario.Owner;
        var here = $"/organizations/{server.Here}";
        var there = $"/organizations/{server.Other}/members";
        foreach (var role in SiteRoles)
            yield return ($"site:{role}", () => actor.PutAsync($"/users/{friend}/roles", new { roles = new[] { role } }), () => owner.PutAsync($"/users/{friend}/roles", new { roles = Array.Empty<string>() }));
        foreach (var role in OrganizationRoles.Append(vault))
            yield return ($"org:{role}", () => actor.PutAsync($"{here}/members/{friend}/roles", new { roles = new[] { role } }), () => server.GiveAsync(server.Here, friend));
        foreach (var permission in Permissions)
            yield return ($"role:{permission}", () => actor.PostAsync(server.Roles(), Role(server.Unique("try"), permission)), () => Task.CompletedTask);
        foreach (var permission in Permissions)
            yield return ($"held:{permission}", () => actor.PutAsync(server.Roles(), Role(held, permission)), () => RestoreAsync(held));
        foreach (var role in OrganizationRoles[..2])
            yield return ($"default:{role}", () => actor.SendAsync(HttpMethod.Patch, here, new { default_org_member_roles = new[] { "organization-workspace-access", role } }),
                () => owner.SendAsync(HttpMethod.Patch, here, new { default_org_member_roles = new[] { "organization-workspace-access" } }));
        yield return ("join:friend", () => actor.PostAsync($"{there}/{friend}"), () => owner.DeleteAsync($"{there}/{friend}"));
        yield return ("join:self", () => actor.PostAsync($"{there}/{actorId}"), () => owner.DeleteAsync($"{there}/{actorId}"));
    }

    // The holder would otherwise lose the right to try again.
    private Task<ApiAnswer> RestoreAsync(string held) => server.Scenario.Owner.PutAsync(
        server.Roles(), new { name = held, organization_permissions = RolesServer.Permissions("assign_org_role:read", "assign_org_role:assign", "assign_org_role:create", "assign_org_role:update") });

    private static object Role(string name, string permission) => new { name, organization_permissions = RolesServer.Permissions(permission) };
}
