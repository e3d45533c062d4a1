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

internal sealed class GetPreferencesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/preferences",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetPreferencesQuery(user), ct).Ok())
        .WithName("get-user-preferences-settings")
        .WithTags("Users")
        .Produces<UserPreferences>()
        .Produces<ErrorBody>(404);
}

[RequiresSession("The settings are shown only with user:read_personal on the user.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetPreferencesQuery(string User) : IQuery<UserPreferences>;

internal sealed class GetPreferencesHandler(UserSettingsStore settings) : IQueryHandler<GetPreferencesQuery, UserPreferences>
{
    public async Task<Result<UserPreferences>> Handle(GetPreferencesQuery request, CancellationToken cancellationToken) =>
        await settings.FindUserAsync(request.User, PermissionAction.ReadPersonal, cancellationToken) is { } user
            ? UserPreferences.From(await settings.ReadAsync(user.Id, cancellationToken))
            : Error.UserNotFound;
}
