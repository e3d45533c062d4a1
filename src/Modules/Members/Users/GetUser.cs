using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Members.Users;

internal sealed class GetUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetUserQuery(user), ct).Ok())
        .WithName("get-user")
        .WithTags("Users")
        .Produces<User>()
        .Produces<ErrorBody>(404);
}

[RequiresSession("The user is shown only with user:read on them.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetUserQuery(string User) : IQuery<User>;

internal sealed class GetUserHandler(UserResolver users, UserResponses responses) : IQueryHandler<GetUserQuery, User>
{
    public async Task<Result<User>> Handle(GetUserQuery request, CancellationToken cancellationToken) =>
        await users.FindReadableAsync(request.User, cancellationToken) is { } found
        && await responses.FindAsync(found.Id, cancellationToken) is { } user
            ? user
            : Error.UserNotFound;
}
