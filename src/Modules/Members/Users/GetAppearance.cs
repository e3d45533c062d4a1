namespace Monolith.Members.Users;

internal sealed class GetAppearanceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/appearance",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetAppearanceQuery(user), ct).Ok())
        .For<GetAppearanceQuery>("get-user-appearance-settings", "Answers the appearance settings of a user.")
        .Produces<UserAppearance>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.ReadPersonal)]
internal sealed record GetAppearanceQuery(string User) : IQuery<UserAppearance>, IUserRequest;

internal sealed class GetAppearanceHandler(CurrentUser user, IUserSettingsStore settings) : IQueryHandler<GetAppearanceQuery, UserAppearance>
{
    public async Task<Result<UserAppearance>> Handle(GetAppearanceQuery request, CancellationToken cancellationToken) =>
        await settings.ReadAppearanceAsync(user.Id, cancellationToken);
}
