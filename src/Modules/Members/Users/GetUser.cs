namespace Monolith.Members.Users;

internal sealed class GetUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetUserQuery(user), ct).Ok())
        .For<GetUserQuery>("get-user", "Answers a user by id or name.")
        .Produces<User>()
        .Tagged();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true)]
internal sealed record GetUserQuery(string User) : IQuery<User>, IUserRequest;

internal sealed class GetUserHandler(CurrentUser target, UserResponses responses) : IQueryHandler<GetUserQuery, User>
{
    public async Task<Result<User>> Handle(GetUserQuery request, CancellationToken cancellationToken) =>
        await responses.FindAsync(target.Id, cancellationToken) is { } user ? user : Error.UserNotFound;
}
