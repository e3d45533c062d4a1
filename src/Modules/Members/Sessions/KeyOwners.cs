using Monolith.BuildingBlocks.Authorization;
using Monolith.Members.Users;

namespace Monolith.Members.Sessions;

/// <summary>Whose keys a route is about. The api_key permission on the user decides alone, so that a token for managing keys needs nothing else.</summary>
internal sealed class KeyOwners(UserResolver users, ICaller caller)
{
    /// <summary>Null when there is no such user, or the caller may not do this to their keys.</summary>
    public async ValueTask<UserKey?> FindAsync(string reference, PermissionAction action, CancellationToken cancellationToken) =>
        await users.FindAsync(reference, cancellationToken) is { Deleted: false, IsSystem: false } user
        && caller.Can(action, ResourceObject.OwnedBy(ResourceType.ApiKey, user.Id))
            ? user
            : null;
}
