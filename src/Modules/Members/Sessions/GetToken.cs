namespace Monolith.Members.Sessions;

internal sealed class GetTokenEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/keys/tokens/{keyname}",
            (string user, string keyname, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetTokenQuery(user, keyname), ct).Ok())
        .WithName("get-api-key-by-token-name")
        .WithTags("Users")
        .Produces<ApiKey>()
        .Produces<ErrorBody>(404);
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
