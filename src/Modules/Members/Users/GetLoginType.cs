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

internal sealed class GetLoginTypeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/login-type",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetLoginTypeQuery(user), ct).Ok())
        .WithName("get-user-login-type")
        .WithTags("Users")
        .Produces<UserLoginType>()
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404);
}

[RequiresSession("Everybody may ask about themselves only; a readable other user is a 403.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetLoginTypeQuery(string User) : IQuery<UserLoginType>;

internal sealed record UserLoginType(string LoginType);

internal sealed class GetLoginTypeHandler(UserResolver users, ICaller caller) : IQueryHandler<GetLoginTypeQuery, UserLoginType>
{
    public async Task<Result<UserLoginType>> Handle(GetLoginTypeQuery request, CancellationToken cancellationToken)
    {
        if (await users.FindReadableAsync(request.User, cancellationToken) is not { } user)
            return Error.UserNotFound;
        return user.Id == caller.UserId ? new UserLoginType(user.LoginType) : Error.Forbidden;
    }
}
