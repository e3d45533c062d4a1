using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

/// <summary>Sends the same queries as the endpoints do, and adds what people need to choose.</summary>
internal sealed class RoleCatalog(IDispatcher dispatcher) : IRoleCatalog
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        [RoleName.Owner] = "May do everything in the deployment.",
        [RoleName.UserAdmin] = "Manages users, memberships and groups.",
        [RoleName.TemplateAdmin] = "Manages templates and the workspaces made from them.",
        [RoleName.Auditor] = "Reads the audit log and all that it mentions.",
        [RoleName.OrganizationAdmin] = "May do everything in the organization.",
        [RoleName.OrganizationUserAdmin] = "Manages members and groups of the organization.",
        [RoleName.OrganizationTemplateAdmin] = "Manages templates of the organization and the workspaces made from them.",
        [RoleName.OrganizationAuditor] = "Reads the audit log of the organization.",
        [RoleName.OrganizationWorkspaceAccess] = "Creates and uses workspaces of their own.",
        [RoleName.OrganizationWorkspaceCreationBan] = "Takes away the right to create workspaces.",
    };

    public async Task<Result<IReadOnlyList<RoleOption>>> SiteAsync(CancellationToken cancellationToken) =>
        Options(await dispatcher.SendAsync(new ListSiteRolesQuery(), cancellationToken));

    public async Task<Result<IReadOnlyList<RoleOption>>> OrganizationAsync(string organization, CancellationToken cancellationToken) =>
        Options(await dispatcher.SendAsync(new ListOrganizationRolesQuery(organization), cancellationToken));

    /// <summary>One sentence about what a built-in role allows; empty for other names.</summary>
    public static string Describe(string name) => Descriptions.GetValueOrDefault(name, "");

    private static Result<IReadOnlyList<RoleOption>> Options(Result<IReadOnlyList<AssignableRole>> roles) =>
        roles.IsSuccess ? roles.Value.Select(Option).ToList() : roles.Error;

    private static RoleOption Option(AssignableRole role) => new(
        role.Name,
        role.DisplayName.Length > 0 ? role.DisplayName : role.Name,
        role.BuiltIn ? Describe(role.Name) : "",
        role.Assignable,
        role.BuiltIn);
}
