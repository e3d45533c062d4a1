using Monolith.Roles.BuiltIn;

namespace Monolith.Roles.CustomRoles;

/// <summary>A role on the wire (roles specification 7.1).</summary>
internal sealed record RoleView(
    string Name,
    Guid? OrganizationId,
    string DisplayName,
    IReadOnlyList<PermissionView> SitePermissions,
    IReadOnlyList<PermissionView> OrganizationPermissions,
    IReadOnlyList<PermissionView> UserPermissions,
    IReadOnlyList<PermissionView> OrganizationMemberPermissions)
{
    public static RoleView From(CustomRole role) =>
        new(role.Name, role.OrganizationId, role.DisplayName, [], role.PermissionList(), [], []);
}

/// <summary>A role with what the caller may do with it (roles specification 7.2).</summary>
internal sealed record AssignableRole(
    bool Assignable,
    bool BuiltIn,
    string Name,
    Guid? OrganizationId,
    string DisplayName,
    IReadOnlyList<PermissionView> SitePermissions,
    IReadOnlyList<PermissionView> OrganizationPermissions,
    IReadOnlyList<PermissionView> UserPermissions,
    IReadOnlyList<PermissionView> OrganizationMemberPermissions)
{
    public static AssignableRole From(BuiltInRole role, Guid? organizationId, bool assignable) => new(
        assignable,
        true,
        role.Name,
        organizationId,
        role.DisplayName,
        [.. role.Lists.Site.Select(PermissionView.From)],
        [.. role.Lists.Organization.Select(PermissionView.From)],
        [.. role.Lists.User.Select(PermissionView.From)],
        [.. role.Lists.Member.Select(PermissionView.From)]);

    public static AssignableRole From(CustomRole role, bool assignable) =>
        new(assignable, false, role.Name, role.OrganizationId, role.DisplayName, [], role.PermissionList(), [], []);
}
