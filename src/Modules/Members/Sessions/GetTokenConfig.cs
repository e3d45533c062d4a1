namespace Monolith.Members.Sessions;

internal sealed class GetTokenConfigEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/keys/tokens/tokenconfig",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetTokenConfigQuery(user), ct).Ok())
        .For<GetTokenConfigQuery>("get-token-config", "Tells how long a token of the user may last.")
        .Produces<TokenConfig>();
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Read)]
internal sealed record GetTokenConfigQuery(string User) : IQuery<TokenConfig>, IUserRequest;

/// <param name="MaxTokenLifetime">Nanoseconds.</param>
internal sealed record TokenConfig(long MaxTokenLifetime);

internal sealed class GetTokenConfigHandler(CurrentUser user, TokenLifetimes lifetimes) : IQueryHandler<GetTokenConfigQuery, TokenConfig>
{
    public async Task<Result<TokenConfig>> Handle(GetTokenConfigQuery request, CancellationToken cancellationToken) =>
        new TokenConfig(Nanoseconds.Of(await lifetimes.LongestOfAsync(user.Id, cancellationToken)));
}
