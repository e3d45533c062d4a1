using Monolith.Roles.Contracts;

namespace Monolith.Roles.AuthCheck;

/// <summary>The stored objects that a question may name by <c>resource_id</c>.</summary>
internal sealed class StoredObjects(ICaller caller, IEnumerable<IAuthCheckTargets> owners)
{
    /// <summary>Types whose objects may be named.</summary>
    public static IReadOnlyList<string> Types { get; } = ["workspace", "template", "user", "group"];

    /// <summary>The object as stored; null when absent or not readable by the caller.</summary>
    public async ValueTask<ResourceObject?> FindReadableAsync(ResourceType type, Guid id, CancellationToken cancellationToken)
    {
        foreach (var owner in owners)
        {
            if (await owner.FindAsync(type, id, cancellationToken) is { } found)
                return caller.Can(PermissionAction.Read, found) ? found : null;
        }

        return null;
    }
}
