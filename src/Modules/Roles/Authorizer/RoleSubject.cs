namespace Monolith.Roles.Authorizer;

/// <summary><c>(roles or access list) and scope</c>, decided in memory.</summary>
internal sealed class RoleSubject(Guid userId, IReadOnlyList<HeldRole> heldRoles, Scope scope, params Guid[] groups) : Subject
{
    private readonly RoleGrants _grants = GrantsBuilder.Build(heldRoles);

    public override Guid UserId => userId;

    public IReadOnlyList<HeldRole> OrganizationRoleFilter => heldRoles;

    public Scope Scope => scope;

    public override bool Can(PermissionAction action, in ResourceObject target) => Decide(action, target).Allowed;

    /// <summary>The decision of <see cref="Can"/> with what settled it.</summary>
    public Verdict Decide(PermissionAction action, in ResourceObject target)
    {
        if (!PermissionSet.IsQuestion(target.Type, action))
            return default;
        var verdict = _grants.Decide(userId, action, target);
        if (!verdict.Allowed && AllowedByAccessList(action, target))
            verdict = new Verdict(Decider.AccessList, true);
        return verdict.Allowed && !scope.Allows(action, target) ? new Verdict(Decider.Scope, false) : verdict;
    }

    /// <summary>What each level says, whether or not it came to count.</summary>
    public LevelVotes Votes(PermissionAction action, in ResourceObject target) => _grants.Votes(userId, action, target);

    public bool AllowedByAccessList(PermissionAction action, in ResourceObject target) =>
        target.Acl is { } acl
        && _grants.IsMember(target)
        && AccessListRules.Allows(acl, userId, groups, action, target.OrganizationId);

    public override VisibleRows Visible(PermissionAction action, ResourceType type)
    {
        if (!PermissionSet.IsQuestion(type, action) || !scope.Reaches(action, type, out var ids))
            return RowFilters.Nothing;
        return _grants.Visible(action, type) with { Ids = ids };
    }
}
