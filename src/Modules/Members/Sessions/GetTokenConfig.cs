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

internal sealed class GetTokenConfigHandler(SessionSettings options) : IQueryHandler<GetTokenConfigQuery, TokenConfig>
{
    public Task<Result<TokenConfig>> Handle(GetTokenConfigQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<TokenConfig>>(new TokenConfig(Nanoseconds.Of(options.MaxTokenLifetime)));
}
