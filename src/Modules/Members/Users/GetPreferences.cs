namespace Monolith.Members.Users;

internal sealed class GetPreferencesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/preferences",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetPreferencesQuery(user), ct).Ok())
        .For<GetPreferencesQuery>("get-user-preferences-settings", "Answers the preferences of a user.")
        .Produces<UserPreferences>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.ReadPersonal)]
internal sealed record GetPreferencesQuery(string User) : IQuery<UserPreferences>, IUserRequest;

internal sealed class GetPreferencesHandler(CurrentUser user, IUserSettingsStore settings) : IQueryHandler<GetPreferencesQuery, UserPreferences>
{
    public async Task<Result<UserPreferences>> Handle(GetPreferencesQuery request, CancellationToken cancellationToken) =>
        await settings.ReadPreferencesAsync(user.Id, cancellationToken);
}
