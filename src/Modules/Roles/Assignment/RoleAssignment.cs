using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

/// <summary>Roles specification 6.3: names first, then the permission, then the matrix.</summary>
internal sealed class RoleAssignment(ICustomRoleNames customRoles) : IRoleAssignment
{
    public Error? CheckSite(Subject actor, IReadOnlyCollection<string> stored, IReadOnlyCollection<string> wanted)
    {
        var change = RoleChange.Of(stored, wanted, RoleName.Member);
        return RoleErrors.Retired(change.Added)
            ?? RoleErrors.Unsupported(change.All.Where(name => BuiltInRoles.FindSite(name) is null))
            ?? Permission(actor, change, ResourceObject.All(ResourceType.AssignRole))
            ?? Matrix(actor, change.All, null);
    }

    public async Task<Error?> CheckOrganizationAsync(
        Subject actor,
        Guid organizationId,
        IReadOnlyCollection<string> stored,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken)
    {
        if (wanted.Any(name => name.Contains(':', StringComparison.Ordinal)))
            return RoleErrors.Suffix;
        var change = RoleChange.Of(stored, wanted, RoleName.OrganizationMember);
        if (RoleErrors.Retired(change.Added) is { } retired)
            return retired;

        var others = change.All.Where(name => BuiltInRoles.FindOrganization(name) is null).ToList();
        var existing = others.Count == 0 ? [] : await customRoles.ExistingAsync(organizationId, others, cancellationToken);
        return RoleErrors.Unsupported(others.Except(existing))
            ?? Permission(actor, change, ResourceObject.In(ResourceType.AssignOrgRole, organizationId))
            ?? Matrix(actor, change.All, organizationId);
    }

    public Error? CheckNewMember(Subject actor, Guid organizationId, IReadOnlyCollection<string> defaultRoles) =>
        actor.Can(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, organizationId))
        && defaultRoles.Where(role => !RoleName.IsRetired(role)).Append(RoleName.OrganizationMember).All(role => AssignmentMatrix.Allows(actor, role, organizationId))
            ? null
            : Error.Forbidden;

    private static Error? Permission(Subject actor, RoleChange change, in ResourceObject target) =>
        (change.Added.Count > 0 && !actor.Can(PermissionAction.Assign, target))
        || (change.Removed.Count > 0 && !actor.Can(PermissionAction.Unassign, target))
            ? Error.Forbidden
            : null;

    private static Error? Matrix(Subject actor, IEnumerable<string> names, Guid? organizationId)
    {
        var refused = names.FirstOrDefault(name => !AssignmentMatrix.Allows(actor, Row(name, organizationId), organizationId));
        return refused is null ? null : RoleErrors.NotAuthorized(refused);
    }

    private static string Row(string name, Guid? organizationId) =>
        organizationId is null || BuiltInRoles.FindOrganization(name) is not null ? name : RoleName.CustomOrganizationRole;
}
