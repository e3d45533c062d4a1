using Monolith.BuildingBlocks.Authorization;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.BuiltIn;

/// <summary>A role that code defines. Its lists are sorted by wire name, so answers are stable.</summary>
internal sealed class BuiltInRole(string name, string displayName, PermissionLists lists)
{
    public string Name => name;

    public string DisplayName => displayName;

    public PermissionLists Lists { get; } = new()
    {
        Site = Sort(lists.Site),
        User = Sort(lists.User),
        Organization = Sort(lists.Organization),
        Member = Sort(lists.Member),
    };

    public CompiledRole Compiled { get; } = CompiledRole.Compile(lists);

    private static Permission[] Sort(IReadOnlyList<Permission> permissions) =>
    [
        .. permissions
            .OrderBy(permission => permission.Resource.WireName(), StringComparer.Ordinal)
            .ThenBy(permission => permission.Action.WireName(), StringComparer.Ordinal),
    ];
}
