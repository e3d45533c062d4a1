using System.Text.RegularExpressions;

namespace Monolith.Roles.Contracts;

/// <summary>The names of built-in roles that code knows, bare as they are stored (roles specification 3.1, 5.5, 5.6).</summary>
public static partial class RoleName
{
    /// <summary>Of the deployment: may do everything.</summary>
    public const string Owner = "owner";

    /// <summary>Of the deployment: held by everybody, never stored.</summary>
    public const string Member = "member";

    /// <summary>Of the deployment.</summary>
    public const string Auditor = "auditor";

    /// <summary>Of the deployment.</summary>
    public const string TemplateAdmin = "template-admin";

    /// <summary>Of the deployment.</summary>
    public const string UserAdmin = "user-admin";

    /// <summary>Of an organization.</summary>
    public const string OrganizationAdmin = "organization-admin";

    /// <summary>Of an organization.</summary>
    public const string OrganizationAuditor = "organization-auditor";

    /// <summary>Of an organization.</summary>
    public const string OrganizationTemplateAdmin = "organization-template-admin";

    /// <summary>Of an organization.</summary>
    public const string OrganizationUserAdmin = "organization-user-admin";

    /// <summary>Of an organization: takes away.</summary>
    public const string OrganizationWorkspaceCreationBan = "organization-workspace-creation-ban";

    /// <summary>Of an organization.</summary>
    public const string OrganizationWorkspaceAccess = "organization-workspace-access";

    /// <summary>Of an organization: held by every member who is a person, never stored.</summary>
    public const string OrganizationMember = "organization-member";

    /// <summary>Of an organization: held by every member who is a service account, never stored.</summary>
    public const string OrganizationServiceAccount = "organization-service-account";

    /// <summary>Stands for every custom organization role in the assignment matrix; never a real role.</summary>
    internal const string CustomOrganizationRole = "custom-organization-role";

    private const string AgentsAccess = "agents-access";

    /// <summary>Retired names grant nothing, are never shown, and stay reserved.</summary>
    internal static bool IsRetired(string name) => name == AgentsAccess;

    internal static bool IsWellFormed(string? name) => name is { Length: >= 1 and <= 32 } && Grammar().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
