namespace Monolith.Roles.Authorizer;

/// <summary>What a subject holds in one organization. Its existence is the membership, even when both levels are empty.</summary>
internal sealed record OrganizationGrants(PermissionSet[] Organization, PermissionSet[] Member);

/// <summary>All roles of a subject, sorted by level; the cascade of the roles specification 1.7.</summary>
internal sealed class RoleGrants(PermissionSet[] site, PermissionSet[] user, Dictionary<Guid, OrganizationGrants> organizations)
{
    public bool IsMember(in ResourceObject target) =>
        target.AnyOrganization ? organizations.Count > 0 : target.OrganizationId is { } id && organizations.ContainsKey(id);

    public Verdict Decide(Guid subject, PermissionAction action, in ResourceObject target)
    {
        var bit = PermissionSet.Bit(action);
        var siteVote = PermissionSet.Vote(site, target.Type, bit);
        if (siteVote != 0)
            return Verdict.Of(Decider.Site, siteVote);

        var owned = target.OwnerId == subject;
        if (target.AnyOrganization)
        {
            var (organizationVote, memberVote) = HighestVotes(target.Type, bit, owned);
            return Cascade(organizationVote, memberVote);
        }

        if (target.OrganizationId is not { } id)
            return owned ? Verdict.Of(Decider.User, PermissionSet.Vote(user, target.Type, bit)) : default;
        return organizations.TryGetValue(id, out var held) ? DecideIn(held, target.Type, bit, owned) : default;
    }

    /// <summary>Every level on its own, for explanations; <see cref="Decide"/> stops at the first that counts.</summary>
    public LevelVotes Votes(Guid subject, PermissionAction action, in ResourceObject target)
    {
        var bit = PermissionSet.Bit(action);
        var owned = target.OwnerId == subject;
        var siteVote = PermissionSet.Vote(site, target.Type, bit);
        if (target.AnyOrganization)
        {
            var (organizationVote, memberVote) = HighestVotes(target.Type, bit, owned);
            return new LevelVotes(siteVote, 0, organizationVote, memberVote);
        }

        if (target.OrganizationId is not { } id)
            return new LevelVotes(siteVote, owned ? PermissionSet.Vote(user, target.Type, bit) : 0, 0, 0);
        return organizations.TryGetValue(id, out var held)
            ? new LevelVotes(siteVote, 0, PermissionSet.Vote(held.Organization, target.Type, bit), owned ? PermissionSet.Vote(held.Member, target.Type, bit) : 0)
            : new LevelVotes(siteVote, 0, 0, 0);
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
            if (DecideIn(held, type, bit, owned: false).Allowed)
                all.Add(id);
            else if (DecideIn(held, type, bit, owned: true).Allowed)
                owned.Add(id);
        }

        return RowFilters.Nothing with
        {
            Organizations = all,
            OwnedInOrganizations = owned,
            OwnedOutsideOrganizations = PermissionSet.Vote(user, type, bit) > 0,
        };
    }

    private static Verdict DecideIn(OrganizationGrants held, ResourceType type, uint bit, bool owned)
    {
        var vote = PermissionSet.Vote(held.Organization, type, bit);
        return vote == 0 && owned ? Cascade(vote, PermissionSet.Vote(held.Member, type, bit)) : Cascade(vote, 0);
    }

    private static Verdict Cascade(int organizationVote, int memberVote) =>
        organizationVote != 0 ? Verdict.Of(Decider.Organization, organizationVote) : Verdict.Of(Decider.Member, memberVote);

    // Each level takes its highest vote on its own, so a denial in one organization hides no grant in another.
    private (int Organization, int Member) HighestVotes(ResourceType type, uint bit, bool owned)
    {
        if (organizations.Count == 0)
            return default;
        int organizationVote = -1, memberVote = -1;
        foreach (var held in organizations.Values)
        {
            organizationVote = Math.Max(organizationVote, PermissionSet.Vote(held.Organization, type, bit));
            if (owned)
                memberVote = Math.Max(memberVote, PermissionSet.Vote(held.Member, type, bit));
        }

        return (organizationVote, owned ? memberVote : 0);
    }
}
