using System.ComponentModel.DataAnnotations;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.CustomRoles;

/// <summary>A permission on the wire and in the database.</summary>
internal sealed record PermissionView(bool Negate, [property: Required, OneOf(typeof(ResourceTypeNames))] string? ResourceType, [property: Required, OneOf(typeof(PermissionActionNames))] string? Action)
{
    public static PermissionView From(Permission permission) =>
        new(permission.Negate, permission.Resource.WireName(), permission.Action.WireName());

    /// <summary>Null when the type or the action is not known.</summary>
    public Permission? Parse() =>
        ResourceCatalog.TryParse(ResourceType, out ResourceType type) && ResourceCatalog.TryParse(Action, out PermissionAction action)
            ? new Permission(Negate, type, action)
            : null;
}
