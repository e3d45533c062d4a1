namespace Monolith.Members.Contracts;

/// <summary>What modules above keep in an organization and would be lost with it. There may be several.</summary>
public interface IOrganizationContents
{
    /// <summary>Null when nothing stands in the way of a deletion. The organization is locked: nothing is added meanwhile. Looks at no permission.</summary>
    Task<OrganizationPart?> CountAsync(Guid organizationId, CancellationToken cancellationToken);
}

/// <summary>Things of one kind.</summary>
/// <param name="Count">How many; at least 1.</param>
/// <param name="One">What one of them is called.</param>
/// <param name="Many">What several of them are called.</param>
public sealed record OrganizationPart(long Count, string One, string Many);
