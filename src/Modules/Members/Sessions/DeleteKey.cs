namespace Monolith.Members.Sessions;

internal sealed class DeleteKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/users/{user}/keys/{keyid}",
            (string user, string keyid, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteKeyCommand(user, keyid), ct).NoContent())
        .For<DeleteKeyCommand>("delete-api-key", "Deletes a key of a user.")
        .Produces(204)
        .Fails(400);
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Delete)]
[NothingToValidate("An id that is nothing's is a 404.")]
internal sealed record DeleteKeyCommand(string User, string KeyId) : ICommand, IUserRequest;

internal sealed class DeleteKeyHandler(ApiKeyOwners owners, IApiKeyReader stored, IApiKeyStore keys, AuditTrail audit) : ICommandHandler<DeleteKeyCommand, Unit>
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
