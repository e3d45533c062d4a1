namespace Monolith.Roles.Contracts;

/// <summary>A custom role is gone. Handled in the same transaction: its name leaves every membership of the organization, other roles stay.</summary>
/// <param name="OrganizationId">The organization of the role.</param>
/// <param name="Name">The lower-case name.</param>
public sealed record CustomRoleDeleted(Guid OrganizationId, string Name) : IEvent;
