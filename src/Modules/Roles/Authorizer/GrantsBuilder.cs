using System.Runtime.InteropServices;

namespace Monolith.Roles.Authorizer;

/// <summary>Sorts the roles of a subject by level and organization.</summary>
internal sealed class GrantsBuilder
{
    private readonly List<PermissionSet> _site = [];
    private readonly List<PermissionSet> _user = [];
    private readonly Dictionary<Guid, (List<PermissionSet> Organization, List<PermissionSet> Member)> _organizations = [];

    private GrantsBuilder()
    {
    }

    public static RoleGrants Build(IReadOnlyList<HeldRole> roles)
    {
        var builder = new GrantsBuilder();
        foreach (var role in roles)
            builder.Add(role.Compiled, role.OrganizationId);
        return new RoleGrants(
            [.. builder._site],
            [.. builder._user],
            builder._organizations.ToDictionary(pair => pair.Key, pair => new OrganizationGrants([.. pair.Value.Organization], [.. pair.Value.Member])));
    }

    private void Add(CompiledRole role, Guid? organizationId)
    {
        Add(_site, role.Site);
        Add(_user, role.User);
        if (organizationId is not { } id)
            return;
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_organizations, id, out var known);
        if (!known)
            held = ([], []);
        Add(held.Organization, role.Organization);
        Add(held.Member, role.Member);
    }

    private static void Add(List<PermissionSet> sets, PermissionSet set)
    {
        // The same role in many organizations repeats its site level.
        if (!set.IsEmpty && !sets.Contains(set))
            sets.Add(set);
    }
}
