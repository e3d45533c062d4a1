using System.Collections.Frozen;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.BuiltIn;

/// <summary>All roles that code defines, by kind. A name of the wrong kind is not found.</summary>
internal static class BuiltInRoles
{
    /// <summary>Those that people assign, in the order of answers.</summary>
    public static IReadOnlyList<BuiltInRole> AssignableSite { get; } =
        [SiteRoles.Owner, SiteRoles.Auditor, SiteRoles.TemplateAdmin, SiteRoles.UserAdmin];

    /// <inheritdoc cref="AssignableSite" />
    public static IReadOnlyList<BuiltInRole> AssignableOrganization { get; } =
    [
        OrganizationRoles.Admin,
        OrganizationRoles.Auditor,
        OrganizationRoles.TemplateAdmin,
        OrganizationRoles.UserAdmin,
        OrganizationRoles.WorkspaceCreationBan,
        OrganizationRoles.WorkspaceAccess,
    ];

    private static readonly FrozenDictionary<string, BuiltInRole> Site =
        AssignableSite.Append(SiteRoles.Member).ToFrozenDictionary(role => role.Name);

    private static readonly FrozenDictionary<string, BuiltInRole> Organization = AssignableOrganization
        .Append(SystemRoles.OrganizationMember)
        .Append(SystemRoles.OrganizationServiceAccount)
        .ToFrozenDictionary(role => role.Name);

    public static BuiltInRole? FindSite(string name) => Site.GetValueOrDefault(name);

    public static BuiltInRole? FindOrganization(string name) => Organization.GetValueOrDefault(name);

    /// <summary>True when no custom role may take the name. Case does not matter: stored names are lower case.</summary>
    public static bool IsReserved(string name)
    {
        var lower = name.ToLowerInvariant();
        return RoleName.IsRetired(lower)
            || lower is "new" or "create" or RoleName.CustomOrganizationRole or "custom-site-role"
            || FindSite(lower) is not null
            || FindOrganization(lower) is not null;
    }
}
