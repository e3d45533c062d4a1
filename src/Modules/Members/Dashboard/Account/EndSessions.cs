using Monolith.Members.Sessions;

namespace Monolith.Members.Dashboard.Account;

/// <summary>Signs somebody out everywhere. Their tokens go on.</summary>
[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Delete)]
internal sealed record EndSessionsCommand(string User) : ICommand, IUserRequest;

internal sealed class EndSessionsHandler(ApiKeyOwners owners, IApiKeyStore keys, AuditTrail audit) : ICommandHandler<EndSessionsCommand, Unit>
{
    public async Task<Result<Unit>> Handle(EndSessionsCommand request, CancellationToken cancellationToken)
    {
        var user = await owners.LockAsync(PermissionAction.Delete, cancellationToken);
        if (!user.IsSuccess)
            return user.Error;
        var ended = await keys.EndSessionsAsync(user.Value.Id, cancellationToken);
        audit.Record(new AuditEntry(
            AuditAction.Logout, "api_key", user.Value.Id, user.Value.Username, Before: new { Sessions = ended }, After: new { Sessions = 0 }));
        return Unit.Value;
    }
}
