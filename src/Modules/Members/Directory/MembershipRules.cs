using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>The permission checks of adding members, shared by the single and the batch route.</summary>
internal sealed class MembershipRules(ICaller caller, IRoleAssignment assignment)
{
    /// <summary>True when the caller may read the organization.</summary>
    public bool Sees(OrganizationInfo organization) => caller.Can(PermissionAction.Read, ResourceObject.Organization(organization.Id));

    /// <summary>404 without the permission to add, 403 when the matrix refuses the implied role or a default one.</summary>
    public Error? RefuseAdding(OrganizationInfo organization)
    {
        if (!caller.Can(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, organization.Id))
            || !caller.Can(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, organization.Id)))
            return Error.NotFound;
        return RefuseRoles(organization);
    }

    /// <summary>403 when the matrix refuses the implied role or a default one.</summary>
    public Error? RefuseRoles(OrganizationInfo organization) =>
        assignment.CheckNewMember(caller.Subject, organization.Id, organization.DefaultMemberRoles);
}
