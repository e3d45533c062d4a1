using Monolith.Members.Directory;

namespace Monolith.Members.Sessions;

/// <summary>Whose keys a command changes. The api_key permission on the user decides alone, so that a token for managing keys needs nothing else.</summary>
internal sealed class ApiKeyOwners(CurrentUser target, ICaller caller, IAccountGuard guard, AuditTrail audit)
{
    /// <summary>The user of the request, locked unless it is the caller: the keys of an owner are changed by owners only (contract 7.1).</summary>
    public async Task<Result<UserInfo>> LockAsync(PermissionAction action, CancellationToken cancellationToken)
    {
        var user = target.Value;
        if (user.Id == caller.UserId)
            return user;
        var locked = await guard.LockAsync(makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        if (!locked.Value.Actor.Can(action, ResourceObject.OwnedBy(ResourceType.ApiKey, user.Id)))
            return Error.UserNotFound;
        if (locked.Value.RefuseOwner(ends: false) is not { } refusal)
            return user;
        audit.Record(new AuditEntry(AuditAction.Write, "api_key", user.Id, user.Username));
        return refusal;
    }
}
