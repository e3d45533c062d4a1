namespace Monolith.Members.Sessions;

internal sealed class CreateSessionKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/{user}/keys",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateSessionKeyCommand(user), ct).Created())
        .For<CreateSessionKeyCommand>("create-new-session-key", "Makes another session for a user, without a cookie.")
        .Produces<GeneratedKey>(201)
        .Fails(400, 403);
}

/// <summary>The whole token. It is shown this once.</summary>
internal sealed record GeneratedKey(string Key);

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Create)]
internal sealed record CreateSessionKeyCommand(string User) : ICommand<GeneratedKey>, IUserRequest;

/// <summary>A second session without a cookie, so that signing out in the browser leaves it alone.</summary>
internal sealed class CreateSessionKeyHandler(ApiKeyOwners owners, ApiKeyIssuer maker) : ICommandHandler<CreateSessionKeyCommand, GeneratedKey>
{
    public async Task<Result<GeneratedKey>> Handle(CreateSessionKeyCommand request, CancellationToken cancellationToken)
    {
        var user = await owners.LockAsync(PermissionAction.Create, cancellationToken);
        return user.IsSuccess
            ? await maker.MakeAsync(user.Value, NewApiKey.Session(user.Value.Id, SessionSettings.DefaultTokenLifetime), cancellationToken)
            : user.Error;
    }
}
