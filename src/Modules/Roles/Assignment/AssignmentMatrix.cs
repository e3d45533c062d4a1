using System.Collections.Frozen;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Assignment;

/// <summary>Who may hand out or take away which role (roles specification 4.1).</summary>
internal static class AssignmentMatrix
{
    private static readonly string[] Implied = [RoleName.OrganizationMember, RoleName.OrganizationWorkspaceAccess];

    private static readonly string[] InOrganization =
        [.. BuiltInRoles.AssignableOrganization.Select(role => role.Name), RoleName.OrganizationMember, RoleName.CustomOrganizationRole];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Rows = new Dictionary<string, FrozenSet<string>>
    {
        [RoleName.Owner] = [.. BuiltInRoles.AssignableSite.Select(role => role.Name), RoleName.Member, .. InOrganization],
        [RoleName.UserAdmin] = [RoleName.Member, .. Implied],
        [RoleName.OrganizationAdmin] = [.. InOrganization],
        [RoleName.OrganizationUserAdmin] = [.. Implied],
    }.ToFrozenDictionary();

    /// <param name="actor">Who assigns.</param>
    /// <param name="role">A built-in name, or <see cref="RoleName.CustomOrganizationRole"/> for every custom one.</param>
    /// <param name="organizationId">The organization of the role; null for a site role.</param>
    public static bool Allows(Subject actor, string role, Guid? organizationId) =>
        actor is RoleSubject subject && subject.OrganizationRoleFilter.Any(held =>
            held.IsBuiltIn
            && (held.OrganizationId is null || held.OrganizationId == organizationId)
            && Rows.TryGetValue(held.Name, out var row)
            && row.Contains(role));
}
