using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Users;

namespace Monolith.Members.Sessions;

/// <summary>Whose keys a route is about. The api_key permission on the user decides alone, so that a token for managing keys needs nothing else.</summary>
internal sealed class KeyOwners(UserResolver users, ICaller caller, AccountGuard guard, AuditTrail audit)
{
    /// <summary>Null when there is no such user, or the caller may not do this to their keys.</summary>
    public async ValueTask<UserKey?> FindAsync(string reference, PermissionAction action, CancellationToken cancellationToken) =>
        await users.FindAsync(reference, cancellationToken) is { Deleted: false, IsSystem: false } user
        && caller.Can(action, Keys(user))
            ? user
            : null;

    /// <summary>As <see cref="FindAsync"/>, for a change, under lock: the keys of an owner are changed by owners only (contract 7.1).</summary>
    public async Task<Result<UserKey>> FindForChangeAsync(string reference, PermissionAction action, CancellationToken cancellationToken)
    {
        if (await FindAsync(reference, action, cancellationToken) is not { } user)
            return Error.UserNotFound;
        if (user.Id == caller.UserId)
            return user;
        var locked = await guard.LockAsync(user.Id, makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        if (!locked.Value.Actor.Can(action, Keys(user)))
            return Error.UserNotFound;
        if (locked.Value.RefuseOwner(ends: false) is not { } refusal)
            return user;
        audit.Record(new AuditEntry(AuditAction.Write, "api_key", user.Id, user.Username));
        return refusal;
    }

    private static ResourceObject Keys(UserKey user) => ResourceObject.OwnedBy(ResourceType.ApiKey, user.Id);
}
