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

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true, OnlySelf = true)]
internal sealed record GetLoginTypeQuery(string User) : IQuery<UserLoginType>, IUserRequest;

internal sealed record UserLoginType(string LoginType);

internal sealed class GetLoginTypeHandler(CurrentUser user) : IQueryHandler<GetLoginTypeQuery, UserLoginType>
{
    public Task<Result<UserLoginType>> Handle(GetLoginTypeQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<UserLoginType>>(new UserLoginType(user.Value.LoginType));
}
