namespace Monolith.Members.Sessions;

internal sealed class GetKeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/keys/{keyid}",
            (string user, string keyid, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetKeyQuery(user, keyid), ct).Ok())
        .For<GetKeyQuery>("get-api-key-by-id", "Answers a key of a user by its id, without its secret.")
        .Produces<ApiKey>();
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Read)]
[NothingToValidate("An id that is nothing's is a 404.")]
internal sealed record GetKeyQuery(string User, string KeyId) : IQuery<ApiKey>, IUserRequest;

internal sealed class GetKeyHandler(CurrentUser user, IApiKeyReader keys) : IQueryHandler<GetKeyQuery, ApiKey>
{
    public async Task<Result<ApiKey>> Handle(GetKeyQuery request, CancellationToken cancellationToken)
    {
        return await keys.FindAsync(user.Id, request.KeyId, cancellationToken) is { } row ? ApiKey.From(row) : Error.NotFound;
    }
}
