using System.Runtime.InteropServices;
using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Authorizer;

/// <summary>What a subject holds in one organization. Its existence is the membership, even when both levels are empty.</summary>
internal sealed record OrganizationGrants(PermissionSet[] Organization, PermissionSet[] Member);

/// <summary>All roles of a subject, sorted by level; the cascade of the roles specification 1.7.</summary>
internal sealed class RoleGrants(PermissionSet[] site, PermissionSet[] user, Dictionary<Guid, OrganizationGrants> organizations)
{
    public bool IsMember(in ResourceObject target) =>
        target.AnyOrganization ? organizations.Count > 0 : target.OrganizationId is { } id && organizations.ContainsKey(id);

    public bool Allows(Guid subject, PermissionAction action, in ResourceObject target)
    {
        var bit = PermissionSet.Bit(action);
        var siteVote = PermissionSet.Vote(site, target.Type, bit);
        if (siteVote != 0)
            return siteVote > 0;

        var owned = target.OwnerId == subject;
        if (target.AnyOrganization)
            return AllowsAnywhere(target.Type, bit, owned);
        if (target.OrganizationId is not { } id)
            return owned && PermissionSet.Vote(user, target.Type, bit) > 0;
        return organizations.TryGetValue(id, out var held) && AllowsIn(held, target.Type, bit, owned);
    }

    public VisibleRows Visible(PermissionAction action, ResourceType type)
    {
        var bit = PermissionSet.Bit(action);
        var siteVote = PermissionSet.Vote(site, type, bit);
        if (siteVote != 0)
            return siteVote > 0 ? RowFilters.Everything : RowFilters.Nothing;

        HashSet<Guid> all = [], owned = [];
        foreach (var (id, held) in organizations)
        {
            if (AllowsIn(held, type, bit, owned: false))
                all.Add(id);
            else if (AllowsIn(held, type, bit, owned: true))
                owned.Add(id);
        }

        return RowFilters.Nothing with
        {
            Organizations = all,
            OwnedInOrganizations = owned,
            OwnedOutsideOrganizations = PermissionSet.Vote(user, type, bit) > 0,
        };
    }

    private static bool AllowsIn(OrganizationGrants held, ResourceType type, uint bit, bool owned)
    {
        var vote = PermissionSet.Vote(held.Organization, type, bit);
        return vote != 0 ? vote > 0 : owned && PermissionSet.Vote(held.Member, type, bit) > 0;
    }

    // Each level takes its highest vote on its own, so a denial in one organization hides no grant in another.
    private bool AllowsAnywhere(ResourceType type, uint bit, bool owned)
    {
        int organizationVote = -1, memberVote = -1;
        foreach (var held in organizations.Values)
        {
            organizationVote = Math.Max(organizationVote, PermissionSet.Vote(held.Organization, type, bit));
            memberVote = Math.Max(memberVote, PermissionSet.Vote(held.Member, type, bit));
        }

        return organizationVote > 0 || (organizationVote == 0 && owned && memberVote > 0);
    }
}

/// <summary>Gathers roles into <see cref="RoleGrants"/>. Used once.</summary>
internal sealed class GrantsBuilder
{
    private readonly List<PermissionSet> _site = [];
    private readonly List<PermissionSet> _user = [];
    private readonly Dictionary<Guid, (List<PermissionSet> Organization, List<PermissionSet> Member)> _organizations = [];

    public GrantsBuilder Add(CompiledRole role, Guid? organizationId)
    {
        Add(_site, role.Site);
        Add(_user, role.User);
        if (organizationId is not { } id)
            return this;
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_organizations, id, out var known);
        if (!known)
            held = ([], []);
        Add(held.Organization, role.Organization);
        Add(held.Member, role.Member);
        return this;
    }

    public RoleGrants Build() => new(
        [.. _site],
        [.. _user],
        _organizations.ToDictionary(pair => pair.Key, pair => new OrganizationGrants([.. pair.Value.Organization], [.. pair.Value.Member])));

    private static void Add(List<PermissionSet> sets, PermissionSet set)
    {
        // The same role in many organizations repeats its site level.
        if (!set.IsEmpty && !sets.Contains(set))
            sets.Add(set);
    }
}
