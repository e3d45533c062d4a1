using Monolith.Members.Contracts;

namespace Monolith.Members.Users;

internal sealed class GetLoginTypeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/login-type",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetLoginTypeQuery(user), ct).Ok())
        .For<GetLoginTypeQuery>("get-user-login-type", "Tells how the caller signs in.")
        .Produces<UserLoginType>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true, OnlySelf = true)]
internal sealed record GetLoginTypeQuery(string User) : IQuery<UserLoginType>, IUserRequest;

internal sealed record UserLoginType([property: OneOf(typeof(LoginType))] string LoginType);

internal sealed class GetLoginTypeHandler(CurrentUser user) : IQueryHandler<GetLoginTypeQuery, UserLoginType>
{
    public Task<Result<UserLoginType>> Handle(GetLoginTypeQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<UserLoginType>>(new UserLoginType(user.Value.LoginType));
}
