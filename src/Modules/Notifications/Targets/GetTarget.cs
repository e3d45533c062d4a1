using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Targets;

internal sealed class GetTargetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/notifications/targets/{target}", (string target, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new GetTargetQuery(target), ct).Ok())
        .For<GetTargetQuery>("get-notification-target", "Answers a target, without its secret.")
        .Produces<Target>()
        .Fails(404);
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Read)]
[NothingToValidate("What is no uuid is not there.")]
internal sealed record GetTargetQuery(string Target) : IQuery<Target>;

internal sealed class GetTargetHandler(ITargetStore targets) : IQueryHandler<GetTargetQuery, Target>
{
    public async Task<Result<Target>> Handle(GetTargetQuery request, CancellationToken cancellationToken) =>
        Guid.TryParseExact(request.Target, "D", out var id) && await targets.FindAsync(id, cancellationToken) is { } row ? Target.From(row) : Error.NotFound;
}
