using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Results;
using Monolith.Roles.BuiltIn;

namespace Monolith.Roles.CustomRoles;

/// <summary>What a custom role may be (roles specification 5.4, rows 6 to 16). Clients look for parts of these texts.</summary>
internal static class CustomRoleRules
{
    private const string Unusable = "Failed to update role permissions";
    private const string ReservedName = "Reserved role name.";

    /// <summary>Null when <paramref name="actor"/> may write this role. A missing permission is reported as not found, and after the name.</summary>
    public static Error? Check(CustomRoleRequest role, Subject actor, PermissionAction action, Guid organizationId) =>
        CheckShape(role)
        ?? (actor.Can(action, ResourceObject.In(ResourceType.AssignOrgRole, organizationId)) ? null : Error.NotFound)
        ?? CheckPermissions(role.OrganizationPermissions ?? [], actor, organizationId);

    public static Error NameTaken { get; } = Refuse("A role of that name already exists in the organization.");

    /// <summary>True when the name alone is refused: pages show it beside the name.</summary>
    public static bool IsAboutName(Error error) => error == NameTaken || error.Message == ReservedName;

    private static Error? CheckShape(CustomRoleRequest role)
    {
        if (RoleName.IsReserved(role.Name!))
            return Error.BadRequest(ReservedName, $"\"{role.Name}\" is reserved and cannot name a custom role.");
        if (role.SitePermissions is { Count: > 0 })
            return Error.BadRequest("An organization role cannot carry site wide permissions.");
        if (role.UserPermissions is { Count: > 0 })
            return Error.BadRequest("It is not allowed to assign user permissions for an organization role.");
        return role.OrganizationMemberPermissions is { Count: > 0 }
            ? Error.BadRequest("It is not allowed to assign organization member permissions for an organization role.")
            : null;
    }

    private static Error? CheckPermissions(IReadOnlyList<PermissionView?> permissions, Subject actor, Guid organizationId) =>
        permissions.Select(CheckKnown).FirstOrDefault(error => error is not null)
        ?? permissions.Select(permission => CheckGrantable(permission!, actor, organizationId)).FirstOrDefault(error => error is not null);

    private static Error? CheckKnown(PermissionView? permission)
    {
        if (!ResourceCatalog.TryParse(permission?.ResourceType, out ResourceType type))
            return Refuse("A permission names an invalid resource type (invalid resource).");
        if (type == ResourceType.Any)
            return null;
        return ResourceCatalog.TryParse(permission!.Action, out PermissionAction action)
            && (action == PermissionAction.Any || ResourceCatalog.Declares(type, action))
                ? null
                : Refuse($"A permission on {type.WireName()} names an action that the type does not declare (invalid action).");
    }

    private static Error? CheckGrantable(PermissionView permission, Subject actor, Guid organizationId)
    {
        if (permission.Negate)
            return Refuse("Custom roles carry no negative permissions.");
        if (permission.Parse() is not { } parsed || parsed.Resource == ResourceType.Any || parsed.Action == PermissionAction.Any)
            return Refuse("Custom roles carry no wildcard symbols.");
        return actor.Can(parsed.Action, ResourceObject.In(parsed.Resource, organizationId))
            ? null
            : Refuse($"You are not allowed to grant this permission: {parsed.Action.WireName()} on {parsed.Resource.WireName()}.");
    }

    private static Error Refuse(string detail) => Error.BadRequest(Unusable, detail);
}
