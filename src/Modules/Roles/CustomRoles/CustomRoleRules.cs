using System.Text.RegularExpressions;
using Monolith.Roles.BuiltIn;

namespace Monolith.Roles.CustomRoles;

/// <summary>What a custom role may be (roles specification 5.4, rows 6 to 16). Clients look for parts of these texts.</summary>
internal static partial class CustomRoleRules
{
    /// <summary>Different permissions of one role at most.</summary>
    public const int MostPermissions = 1000;

    private const string List = "organization_permissions";
    private const string Unusable = "Failed to update role permissions";
    private const string ReservedName = "Reserved role name.";

    /// <summary>Null when <paramref name="actor"/> may write this role. A missing permission is reported as not found, and after the name.</summary>
    public static Error? Check(CustomRoleRequest role, Subject actor, PermissionAction action, Guid organizationId) =>
        CheckShape(role)
        ?? (actor.Can(action, ResourceObject.In(ResourceType.AssignOrgRole, organizationId)) ? null : Error.NotFound)
        ?? CheckPermissions(role.OrganizationPermissions ?? [], actor, organizationId);

    public static Error NameTaken { get; } = Error.BadRequest(Unusable, "A role of that name already exists in the organization.");

    public static Error TooMany { get; } = Error.BadRequest("The organization has too many custom roles.", $"At most {CustomRoleStore.MostRoles} are possible: delete one first.");

    /// <summary>True when the name alone is refused: pages show it beside the name.</summary>
    public static bool IsAboutName(Error error) => error == NameTaken || error.Message == ReservedName;

    private static Error? CheckShape(CustomRoleRequest role)
    {
        if (BuiltInRoles.IsReserved(role.Name!))
            return Error.BadRequest(ReservedName, $"\"{role.Name}\" is reserved and cannot name a custom role.");
        if (role.SitePermissions is { Count: > 0 })
            return Error.BadRequest("An organization role cannot carry site wide permissions.");
        if (role.UserPermissions is { Count: > 0 })
            return Error.BadRequest("It is not allowed to assign user permissions for an organization role.");
        return role.OrganizationMemberPermissions is { Count: > 0 }
            ? Error.BadRequest("It is not allowed to assign organization member permissions for an organization role.")
            : null;
    }

    /// <summary>Every fault of every permission in one answer; a permission that is repeated counts once.</summary>
    private static Error? CheckPermissions(IReadOnlyList<PermissionView?> permissions, Subject actor, Guid organizationId)
    {
        var distinct = permissions.Index().DistinctBy(one => one.Item).ToList();
        if (distinct.Count > MostPermissions)
            return Refuse(new FieldError(List, $"A role has at most {MostPermissions} permissions."));
        return Refuse(
        [
            .. from one in distinct
               let fault = FindUnknown(one.Item) ?? FindRefused(one.Item!, actor, organizationId)
               where fault is not null
               select new FieldError($"{List}[{one.Index}]{fault.Field}", fault.Detail),
        ]);
    }

    private static FieldError? FindUnknown(PermissionView? permission)
    {
        if (!ResourceCatalog.TryParse(permission?.ResourceType, out ResourceType type))
            return new(".resource_type", $"{Shown(permission?.ResourceType, "This")} is no resource type (invalid resource).");
        if (type == ResourceType.Any)
            return null;
        return ResourceCatalog.TryParse(permission!.Action, out PermissionAction action)
            && (action == PermissionAction.Any || ResourceCatalog.Declares(type, action))
                ? null
                : new(".action", $"{Shown(permission.Action, "This")} is no action that {type.WireName()} declares (invalid action).");
    }

    private static FieldError? FindRefused(PermissionView permission, Subject actor, Guid organizationId)
    {
        if (permission.Negate)
            return new(".negate", "Custom roles carry no negative permissions.");
        if (permission.Parse() is not { } parsed || parsed.Resource == ResourceType.Any || parsed.Action == PermissionAction.Any)
            return new("", "Custom roles carry no wildcard symbols.");
        return actor.Can(parsed.Action, ResourceObject.In(parsed.Resource, organizationId))
            ? null
            : new("", $"You are not allowed to grant this permission: {parsed.Action.WireName()} on {parsed.Resource.WireName()}.");
    }

    // A name is the client's own text: it is repeated only when it looks like one.
    private static string Shown(string? name, string otherwise) => name is not null && Name().IsMatch(name) ? $"\"{name}\"" : otherwise;

    private static Error? Refuse(params IReadOnlyList<FieldError> faults) =>
        faults.Count == 0 ? null : Error.BadRequest(Unusable, faults[0].Detail) with { Validations = faults };

    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
