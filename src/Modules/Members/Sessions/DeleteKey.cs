namespace Monolith.Members.Sessions;

internal sealed class DeleteKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/api/v2/users/{user}/keys/{keyid}",
            (string user, string keyid, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new DeleteKeyCommand(user, keyid), ct).NoContent())
        .WithName("delete-api-key")
        .WithTags("Users")
        .Produces(204)
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(404);
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Delete)]
[NothingToValidate("An id that is nothing's is a 404.")]
internal sealed record DeleteKeyCommand(string User, string KeyId) : IVoidCommand, IUserRequest;

internal sealed class DeleteKeyHandler(KeyOwners owners, IApiKeyReader stored, IApiKeys keys, AuditTrail audit) : ICommandHandler<DeleteKeyCommand, Unit>
{
    public async Task<Result<Unit>> Handle(DeleteKeyCommand request, CancellationToken cancellationToken)
    {
        var found = await owners.LockAsync(PermissionAction.Delete, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var user = found.Value;
        if (await stored.FindAsync(user.Id, request.KeyId, cancellationToken) is not { } row
            || !await keys.DeleteAsync(row.Id, cancellationToken))
            return Error.NotFound;
        audit.Record(new AuditEntry(
            AuditAction.Delete, "api_key", user.Id, ApiKey.AuditName(row.TokenName, user.Username), Before: ApiKey.From(row), SuccessStatus: 204));
        return Unit.Value;
    }
}
