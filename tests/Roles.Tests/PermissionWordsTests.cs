using Monolith.Kernel.Authorization;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;
using Monolith.Roles.Dashboard;

namespace Monolith.Roles.Tests;

/// <summary>What pages say about permissions.</summary>
public sealed class PermissionWordsTests
{
    [Fact]
    public void Every_resource_and_every_action_has_words_of_its_own()
    {
        var resources = ResourceCatalog.Types.Append(ResourceType.Any).Select(type => (type.WireName(), PermissionWords.Of(type))).ToList();
        Assert.True(resources.Count > 50);
        Assert.DoesNotContain(resources, one => one.Item1 == one.Item2);
        Assert.Equal(resources.Count, resources.Select(one => one.Item2).Distinct().Count());
        var actions = Enum.GetValues<PermissionAction>().Select(action => (action.WireName(), PermissionWords.Of(action))).ToList();
        Assert.DoesNotContain(actions, one => one.Item1 == one.Item2);
        Assert.Equal(actions.Count, actions.Select(one => one.Item2).Distinct().Count());
    }

    [Fact]
    public void Lines_stand_by_level_and_say_how_much_of_a_resource_is_allowed()
    {
        var access = Assert.Single(PermissionLines.Of(AssignableRole.From(OrganizationRoles.WorkspaceAccess, Guid.CreateVersion7(), true)));
        Assert.Equal("own", access.ShortName);
        Assert.Equal("all actions", access.Lines.Single(line => line.Id == "workspace").Summary);
        Assert.Equal("8 of 12", access.Lines.Single(line => line.Id == "workspace_dormant").Summary);
        Assert.Equal("create, read", access.Lines.Single(line => line.Id == "provisioner_daemon").Summary);
        var ban = PermissionLines.Of(AssignableRole.From(OrganizationRoles.WorkspaceCreationBan, Guid.CreateVersion7(), true))[0];
        Assert.True(Assert.Single(ban.Lines).Denied);
    }

    [Fact]
    public void A_wildcard_stands_for_what_it_grants_and_unknown_permissions_are_kept()
    {
        PermissionView[] stored = [new(false, "audit_log", "*"), new(false, "retired_thing", "read"), new(false, "audit_log", "read")];
        Assert.Equal(["audit_log:create", "audit_log:read", "retired_thing:read"], RoleForm.Values(stored));
    }
}
