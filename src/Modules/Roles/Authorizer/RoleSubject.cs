using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Authorizer;

/// <summary>A built-in role as held: by name, in its organization. What the assignment matrix looks at.</summary>
internal readonly record struct HeldRole(string Name, Guid? OrganizationId);

/// <summary><c>(roles or access list) and scope</c>, decided in memory.</summary>
internal sealed class RoleSubject(Guid userId, RoleGrants grants, Scope scope, IReadOnlyList<HeldRole> heldRoles, params Guid[] groups) : Subject
{
    public override Guid UserId => userId;

    public IReadOnlyList<HeldRole> HeldRoles => heldRoles;

    public Scope Scope => scope;

    public override bool Can(PermissionAction action, in ResourceObject target) =>
        PermissionSet.IsQuestion(target.Type, action)
        && scope.Allows(action, target)
        && (grants.Allows(userId, action, target) || AllowedByAccessList(action, target));

    public override VisibleRows Visible(PermissionAction action, ResourceType type) =>
        PermissionSet.IsQuestion(type, action) && scope.AllowsEvery(action, type) ? grants.Visible(action, type) : RowFilters.Nothing;

    private bool AllowedByAccessList(PermissionAction action, in ResourceObject target) =>
        target.Acl is { } acl
        && grants.IsMember(target)
        && AccessListRules.Allows(acl, userId, groups, action, target.OrganizationId);
}
