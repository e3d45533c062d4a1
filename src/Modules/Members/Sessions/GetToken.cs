namespace Monolith.Members.Sessions;

internal sealed class GetTokenEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/keys/tokens/{keyname}",
            (string user, string keyname, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetTokenQuery(user, keyname), ct).Ok())
        .For<GetTokenQuery>("get-api-key-by-token-name", "Answers a token of a user by its name, without its secret.")
        .Produces<ApiKey>();
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Read)]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetTokenQuery(string User, string Name) : IQuery<ApiKey>, IUserRequest;

internal sealed class GetTokenHandler(CurrentUser user, IApiKeyReader keys) : IQueryHandler<GetTokenQuery, ApiKey>
{
    public async Task<Result<ApiKey>> Handle(GetTokenQuery request, CancellationToken cancellationToken)
    {
        return await keys.FindTokenAsync(user.Id, request.Name, cancellationToken) is { } row ? ApiKey.From(row) : Error.NotFound;
    }
}
