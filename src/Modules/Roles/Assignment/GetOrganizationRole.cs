using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

/// <summary>One role of those that the list shows, for pages. Notes the entity tag of a custom role.</summary>
[RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Read, HideRefusal = true)]
[NothingToValidate("A text that names no role is simply not found.")]
internal sealed record GetOrganizationRoleQuery(string Organization, string RoleName) : IQuery<AssignableRole>, IOrganizationRequest;

internal sealed class GetOrganizationRoleHandler(ICaller caller, CurrentOrganization organization, CustomRoleStore store, ResponseHeaders notes)
    : IQueryHandler<GetOrganizationRoleQuery, AssignableRole>
{
    public async Task<Result<AssignableRole>> Handle(GetOrganizationRoleQuery request, CancellationToken cancellationToken)
    {
        var name = request.RoleName.ToLowerInvariant();
        if (BuiltInRoles.AssignableOrganization.FirstOrDefault(role => role.Name == name) is { } builtIn)
            return AssignableRole.From(builtIn, organization.Id, MayAssign(name));
        if (!RoleName.IsWellFormed(name) || RoleName.IsRetired(name) || await store.FindAsync(organization.Id, name, RoleLock.None, cancellationToken) is not { } custom)
            return Error.NotFound with { Detail = "No role of that name was found." };
        notes.EntityTag(custom.EntityTag);
        return AssignableRole.From(custom, MayAssign(RoleName.CustomOrganizationRole));
    }

    private bool MayAssign(string name) => AssignmentMatrix.Allows(caller.Subject, name, organization.Id);
}
