using System.Text.RegularExpressions;

namespace Monolith.Roles.BuiltIn;

/// <summary>Names that code knows, and the rules of names (roles specification 3.1, 5.5, 5.6).</summary>
internal static partial class RoleName
{
    public const string Owner = "owner";
    public const string Member = "member";
    public const string Auditor = "auditor";
    public const string TemplateAdmin = "template-admin";
    public const string UserAdmin = "user-admin";
    public const string OrganizationAdmin = "organization-admin";
    public const string OrganizationAuditor = "organization-auditor";
    public const string OrganizationTemplateAdmin = "organization-template-admin";
    public const string OrganizationUserAdmin = "organization-user-admin";
    public const string OrganizationWorkspaceCreationBan = "organization-workspace-creation-ban";
    public const string OrganizationWorkspaceAccess = "organization-workspace-access";
    public const string OrganizationMember = "organization-member";
    public const string OrganizationServiceAccount = "organization-service-account";

    /// <summary>Stands for every custom organization role in the assignment matrix; never a real role.</summary>
    public const string CustomOrganizationRole = "custom-organization-role";

    private const string CustomSiteRole = "custom-site-role";
    private const string AgentsAccess = "agents-access";

    /// <summary>Retired names grant nothing, are never shown, and stay reserved.</summary>
    public static bool IsRetired(string name) => name == AgentsAccess;

    /// <summary>True when no custom role may take the name. Case does not matter: stored names are lower case.</summary>
    public static bool IsReserved(string name)
    {
        var lower = name.ToLowerInvariant();
        return IsRetired(lower)
            || lower is "new" or "create" or CustomOrganizationRole or CustomSiteRole
            || BuiltInRoles.FindSite(lower) is not null
            || BuiltInRoles.FindOrganization(lower) is not null;
    }

    public static bool IsWellFormed(string? name) => name is { Length: >= 1 and <= 32 } && Grammar().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
