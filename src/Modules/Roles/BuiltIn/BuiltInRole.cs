using Monolith.Roles.Authorizer;

namespace Monolith.Roles.BuiltIn;

/// <summary>A role that code defines. Its lists are sorted by wire name, so answers are stable.</summary>
internal sealed class BuiltInRole
{
    /// <param name="name">Its name on the wire.</param>
    /// <param name="displayName">What people read.</param>
    /// <param name="table">What it grants in the compatible system; what modules declare beyond that is added.</param>
    public BuiltInRole(string name, string displayName, PermissionLists table)
    {
        (Name, DisplayName) = (name, displayName);
        var added = DeclaredGrants.To(name);
        Lists = new()
        {
            Site = Sort(table.Site, added.Site),
            User = Sort(table.User, added.User),
            Organization = Sort(table.Organization, added.Organization),
            Member = Sort(table.Member, added.Member),
        };
        Compiled = CompiledRole.Compile(Lists);
    }

    public string Name { get; }

    public string DisplayName { get; }

    public PermissionLists Lists { get; }

    public CompiledRole Compiled { get; }

    /// <summary>The role as somebody holds it; null is the whole deployment.</summary>
    public HeldRole HeldIn(Guid? organizationId) => new(Name, organizationId, Compiled, true);

    private static Permission[] Sort(IReadOnlyList<Permission> table, IReadOnlyList<Permission> added) =>
    [
        .. table.Concat(added.Except(table))
            .OrderBy(permission => permission.Resource.WireName(), StringComparer.Ordinal)
            .ThenBy(permission => permission.Action.WireName(), StringComparer.Ordinal),
    ];
}
