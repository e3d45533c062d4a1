namespace Monolith.Members.Sessions;

internal sealed class ExpireKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/keys/{keyid}/expire",
            (string user, string keyid, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ExpireKeyCommand(user, keyid), ct).NoContent())
        .For<ExpireKeyCommand>("expire-api-key", "Ends a key of a user now and keeps it in the list.")
        .Produces(204)
        .Fails(400);
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Update)]
[NothingToValidate("An id that is nothing's is a 404.")]
internal sealed record ExpireKeyCommand(string User, string KeyId) : ICommand, IUserRequest;

/// <summary>Ends a key now and keeps it in sight; its name stays taken until it is deleted.</summary>
internal sealed class ExpireKeyHandler(ApiKeyOwners owners, IApiKeyReader stored, IApiKeyStore keys, AuditTrail audit)
    : ICommandHandler<ExpireKeyCommand, Unit>
{
    public async Task<Result<Unit>> Handle(ExpireKeyCommand request, CancellationToken cancellationToken)
    {
        var found = await owners.LockAsync(PermissionAction.Update, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var user = found.Value;
        if (await stored.FindAsync(user.Id, request.KeyId, cancellationToken) is not { } row)
            return Error.NotFound;
        await keys.ExpireAsync(row.Id, cancellationToken);
        var after = (await stored.FindAsync(user.Id, row.Id, cancellationToken))!;
        audit.Record(new AuditEntry(
            AuditAction.Write, "api_key", user.Id, ApiKey.AuditName(row.TokenName, user.Username), Before: ApiKey.From(row), After: ApiKey.From(after), SuccessStatus: 204));
        return Unit.Value;
    }
}
