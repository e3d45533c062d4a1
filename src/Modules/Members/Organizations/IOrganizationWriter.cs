namespace Monolith.Members.Organizations;

/// <summary>The one way an organization comes into being, changes and goes. In the transaction of the command.</summary>
internal interface IOrganizationWriter
{
    /// <summary>Null when the name is taken; also when somebody else takes it at this moment.</summary>
    Task<Organization?> InsertAsync(Guid id, string name, string displayName, string description, string icon, CancellationToken cancellationToken);

    /// <summary>The row under lock: nobody joins, renames or deletes it before the transaction ends. Null when it was deleted.</summary>
    Task<OrganizationRow?> LockAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Null when the name is taken.</summary>
    Task<Organization?> UpdateAsync(OrganizationRow wanted, CancellationToken cancellationToken);

    /// <summary>What would be lost with it.</summary>
    Task<OrganizationContent> CountAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The organization goes, and its memberships with it, so that kept counts and sessions need not know about deletion.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);
}
