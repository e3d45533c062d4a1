using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Members.Sessions;

internal sealed class GetTokenConfigEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/keys/tokens/tokenconfig",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetTokenConfigQuery(user), ct).Ok())
        .WithName("get-token-config")
        .WithTags("Users")
        .Produces<TokenConfig>()
        .Produces<ErrorBody>(404);
}

[RequiresSession("The caller needs api_key:read on the user; a refusal is the user's 404.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetTokenConfigQuery(string User) : IQuery<TokenConfig>;

/// <param name="MaxTokenLifetime">Nanoseconds.</param>
internal sealed record TokenConfig(long MaxTokenLifetime);

internal sealed class GetTokenConfigHandler(KeyOwners owners, SessionOptions options) : IQueryHandler<GetTokenConfigQuery, TokenConfig>
{
    public async Task<Result<TokenConfig>> Handle(GetTokenConfigQuery request, CancellationToken cancellationToken) =>
        await owners.FindAsync(request.User, PermissionAction.Read, cancellationToken) is null
            ? Error.UserNotFound
            : new TokenConfig(Nanoseconds.Of(options.MaxTokenLifetime));
}
