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

internal sealed class GetAppearanceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/appearance",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetAppearanceQuery(user), ct).Ok())
        .WithName("get-user-appearance-settings")
        .WithTags("Users")
        .Produces<UserAppearance>()
        .Produces<ErrorBody>(404);
}

[RequiresSession("The settings are shown only with user:read_personal on the user.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record GetAppearanceQuery(string User) : IQuery<UserAppearance>;

internal sealed class GetAppearanceHandler(UserSettingsStore settings) : IQueryHandler<GetAppearanceQuery, UserAppearance>
{
    public async Task<Result<UserAppearance>> Handle(GetAppearanceQuery request, CancellationToken cancellationToken) =>
        await settings.FindUserAsync(request.User, PermissionAction.ReadPersonal, cancellationToken) is { } user
            ? UserAppearance.From(await settings.ReadAsync(user.Id, cancellationToken))
            : Error.UserNotFound;
}
