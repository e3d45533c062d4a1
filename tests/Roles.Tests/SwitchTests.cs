using Monolith.Kernel.Authorization;
using Monolith.Roles.Assignment;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>Deployment switches: roles specification 1.11 and 9.1.</summary>
public sealed class SwitchTests
{
    private static readonly ResourceObject Mine = new(T.Workspace, OrganizationId: Ids.Org, OwnerId: Ids.Me);
    private static readonly ResourceObject Theirs = Mine with { OwnerId = Ids.Other };

    [Fact]
    public void Owners_do_not_enter_the_workspaces_of_others()
    {
        var owner = Owner(new RoleOptions { DisableOwnerWorkspaceAccess = true });
        Assert.False(owner.Can(A.Ssh, Theirs) || owner.Can(A.ApplicationConnect, Theirs));
        Assert.True(owner.Can(A.Ssh, Mine) && owner.Can(A.ApplicationConnect, Mine) && owner.Can(A.Start, Theirs));
        Assert.False(owner.Can(A.Ssh, ResourceObject.In(T.Workspace, Ids.Org)));
    }

    [Fact]
    public void Without_the_switch_owners_enter() => Assert.True(Owner(new RoleOptions()).Can(A.Ssh, Theirs));

    [Fact]
    public void Nobody_shares_a_workspace_by_role()
    {
        var owner = Owner(new RoleOptions { DisableWorkspaceSharing = true });
        Assert.False(owner.Can(A.Share, Mine) || owner.Can(A.Share, Theirs));
        Assert.True(owner.Can(A.Share, new ResourceObject(T.Chat, OrganizationId: Ids.Org, OwnerId: Ids.Me)));
    }

    [Fact]
    public void Nobody_shares_a_chat_by_role()
    {
        var owner = Owner(new RoleOptions { DisableChatSharing = true });
        Assert.False(owner.Can(A.Share, new ResourceObject(T.Chat, OrganizationId: Ids.Org, OwnerId: Ids.Me)));
        Assert.False(owner.Can(A.Share, new ResourceObject(T.ChatProject, OrganizationId: Ids.Org, OwnerId: Ids.Me)));
        Assert.True(owner.Can(A.Share, Mine));
    }

    [Fact]
    public void Lists_show_the_roles_as_they_are()
    {
        var roles = new DeploymentRoles(new RoleOptions { DisableOwnerWorkspaceAccess = true, DisableWorkspaceSharing = true });
        Assert.DoesNotContain(roles.AssignableSite[0].Lists.Site, permission => permission.Resource == T.Workspace && permission.Action == A.Ssh);
        Assert.Contains(roles.Member.Lists.Site, permission => permission is { Negate: true, Action: A.Share } && permission.Resource == T.Workspace);
        Assert.Equal(BuiltInRoles.AssignableSite.Select(role => role.Name), roles.AssignableSite.Select(role => role.Name));
        Assert.Same(SiteRoles.Owner, new DeploymentRoles(new RoleOptions()).FindSite("owner"));
    }

    private static Subject Owner(RoleOptions switches) => SubjectFactory.Create(
        new SubjectFacts(Ids.Me, false, ["owner"], [new MembershipFacts(Ids.Org, [], [RoleName.OrganizationWorkspaceAccess])], [], ["coder:all"]),
        new DeploymentRoles(switches),
        new Dictionary<(Guid OrganizationId, string Name), CompiledRole>());
}
