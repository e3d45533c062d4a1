namespace Monolith.Roles.Contracts;

/// <summary>Finds objects that <c>POST /api/v2/authcheck</c> names by <c>resource_id</c>. Implemented by modules that own such objects; there may be several.</summary>
public interface IAuthCheckTargets
{
    /// <summary>The stored object with its owner, organization and access list; null when absent or of a type that this module does not own. Looks at no permission.</summary>
    ValueTask<ResourceObject?> FindAsync(ResourceType type, Guid id, CancellationToken cancellationToken);
}
