namespace Monolith.Members.Contracts;

/// <summary>An organization came into being; the default one, too.</summary>
public sealed record OrganizationCreated(Guid OrganizationId) : IEvent;

/// <summary>An organization was deleted; its row stays, marked. Its last memberships have gone before, each with a <see cref="MembershipRemoved"/>.</summary>
public sealed record OrganizationDeleted(Guid OrganizationId) : IEvent;

/// <summary>A user became a member of an organization, without roles.</summary>
public sealed record MembershipAdded(Guid OrganizationId, Guid UserId) : IEvent;

/// <summary>A user is no member of an organization any more: removed, or one of the two was deleted.</summary>
public sealed record MembershipRemoved(Guid OrganizationId, Guid UserId) : IEvent;

/// <summary>Somebody gave a member other roles. A role that goes with the deletion of a custom role is not told here, but by <c>CustomRoleDeleted</c>.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="UserId">The member.</param>
/// <param name="Before">Bare role names in the order they were stored in, without <c>organization-member</c>.</param>
/// <param name="After">As <paramref name="Before"/>; another set.</param>
public sealed record MemberRolesChanged(Guid OrganizationId, Guid UserId, IReadOnlyList<string> Before, IReadOnlyList<string> After) : IEvent;
