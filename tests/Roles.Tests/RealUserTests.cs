using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>Users with implied and default roles: roles specification 1.5 and 3.15.</summary>
public sealed class RealUserTests
{
    private static readonly ResourceObject Mine = new(T.Workspace, OrganizationId: Ids.Org, OwnerId: Ids.Me);
    private static readonly ResourceObject Theirs = Mine with { OwnerId = Ids.Other };

    [Theory]
    [InlineData("", true, true, false, false, false, false)]
    [InlineData("organization-auditor:org", true, true, false, false, false, true)]
    [InlineData("organization-user-admin:org", true, true, false, true, false, false)]
    [InlineData("organization-template-admin:org", true, true, true, false, false, false)]
    [InlineData("organization-admin:org", true, true, true, true, true, true)]
    [InlineData("organization-workspace-creation-ban:org", false, true, false, false, false, false)]
    [InlineData("owner", true, true, true, true, true, true)]
    public void Derived_table(string role, bool create, bool ssh, bool readOther, bool assign, bool createRole, bool audit)
    {
        var user = Actors.Member(role);
        Assert.Equal(create, user.Can(A.Create, Mine));
        Assert.Equal(ssh, user.Can(A.Ssh, Mine));
        Assert.Equal(readOther, user.Can(A.Read, Theirs));
        Assert.Equal(assign, user.Can(A.Assign, ResourceObject.In(T.AssignOrgRole, Ids.Org)));
        Assert.Equal(createRole, user.Can(A.Create, ResourceObject.In(T.AssignOrgRole, Ids.Org)));
        Assert.Equal(audit, user.Can(A.Read, ResourceObject.In(T.AuditLog, Ids.Org)));
        Assert.True(user.Can(A.Read, ResourceObject.Organization(Ids.Org)));
        Assert.True(user.Can(A.Read, ResourceObject.Membership(Ids.Org, Ids.Other)));
        Assert.True(user.Can(A.ReadPersonal, ResourceObject.User(Ids.Me)));
    }

    [Fact]
    public void A_service_account_has_no_chat_and_the_default_roles()
    {
        var account = Actors.ServiceAccount();
        var chat = new ResourceObject(T.Chat, OrganizationId: Ids.Org, OwnerId: Ids.Me);
        Assert.False(account.Can(A.Create, chat));
        Assert.True(Actors.Member().Can(A.Create, chat));
        Assert.True(account.Can(A.Create, Mine));
    }

    [Fact]
    public void Task_is_held_by_its_owner_in_the_organization_by_admins_and_by_owners()
    {
        var task = new ResourceObject(T.Task, OrganizationId: Ids.Org, OwnerId: Ids.Me);
        Assert.True(Actors.Member().Can(A.Update, task));
        Assert.False(Actors.Member().Can(A.Read, task with { OwnerId = Ids.Other }));
        Assert.True(Actors.Member("organization-admin:org").Can(A.Delete, task with { OwnerId = Ids.Other }));
        Assert.True(Actors.Member("owner").Can(A.Delete, task with { OwnerId = Ids.Other, OrganizationId = Ids.OtherOrg }));
    }

    [Fact]
    public void Names_that_resolve_to_nothing_grant_nothing()
    {
        var user = (RoleSubject)Actors.Member("agents-access", "agents-access:org", "gone:org", "organization-admin", "owner:org", "organization-auditor:org");
        Assert.Equal(
            ["member", "organization-member", "organization-auditor", "organization-workspace-access"],
            user.OrganizationRoleFilter.Select(role => role.Name));
        Assert.False(user.Can(A.Create, ResourceObject.All(T.User)));
    }

    [Fact]
    public void A_custom_role_grants_in_its_organization_only()
    {
        var user = Actors.Create(
            new SubjectFacts(
                Ids.Me,
                false,
                [],
                [new MembershipFacts(Ids.Org, ["builder", "agents-access"], []), new MembershipFacts(Ids.OtherOrg, ["builder"], [])],
                [],
                ["coder:all"]),
            (Ids.Org, "builder", [new PermissionView(false, "template", "create"), new PermissionView(false, "retired_type", "read")]),
            (Ids.Org, "agents-access", [new PermissionView(false, "group", "create")]));
        Assert.True(user.Can(A.Create, ResourceObject.In(T.Template, Ids.Org)));
        Assert.True(user.Can(A.Create, new ResourceObject(T.Template, AnyOrganization: true)));
        Assert.False(user.Can(A.Create, ResourceObject.In(T.Template, Ids.OtherOrg)));
        Assert.False(user.Can(A.Create, ResourceObject.In(T.Group, Ids.Org)));
    }
}
