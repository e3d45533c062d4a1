using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Assignment;

internal sealed class RoleNames : IRoleNames
{
    public IReadOnlyList<SlimRole> Site(IEnumerable<string> stored) => IsNone(stored) ? [] :
    [
        .. Shown(stored)
            .Where(name => name != RoleName.Member)
            .Select(name => new SlimRole(name, BuiltInRoles.FindSite(name)?.DisplayName ?? "")),
    ];

    public IReadOnlyList<SlimRole> Organization(Guid organizationId, IEnumerable<string> stored, IReadOnlyDictionary<string, string>? customDisplayNames) =>
        IsNone(stored) ? [] : Named(organizationId, stored, customDisplayNames);

    // Apart, so that its closure is made for those alone who hold a role.
    private static IReadOnlyList<SlimRole> Named(Guid organizationId, IEnumerable<string> stored, IReadOnlyDictionary<string, string>? customDisplayNames) =>
    [
        .. Shown(stored)
            .Where(name => name is not (RoleName.OrganizationMember or RoleName.OrganizationServiceAccount))
            .Select(name => new SlimRole(name, DisplayName(name, customDisplayNames), organizationId)),
    ];

    // As most people: nothing is sorted for them.
    private static bool IsNone(IEnumerable<string> stored) => stored is IReadOnlyCollection<string> { Count: 0 };

    private static IEnumerable<string> Shown(IEnumerable<string> stored) =>
        stored.Where(name => !RoleName.IsRetired(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string DisplayName(string name, IReadOnlyDictionary<string, string>? custom) =>
        BuiltInRoles.FindOrganization(name)?.DisplayName ?? custom?.GetValueOrDefault(name) ?? "";
}
