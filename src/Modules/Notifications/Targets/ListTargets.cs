using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Targets;

internal sealed class ListTargetsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/notifications/targets", (IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new ListTargetsQuery(), ct).Ok())
        .For<ListTargetsQuery>("list-notification-targets", "Lists where messages go, by name.")
        .Produces<IReadOnlyList<Target>>();
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Read)]
internal sealed record ListTargetsQuery : IQuery<IReadOnlyList<Target>>;

internal sealed class ListTargetsHandler(ITargetStore targets) : IQueryHandler<ListTargetsQuery, IReadOnlyList<Target>>
{
    public async Task<Result<IReadOnlyList<Target>>> Handle(ListTargetsQuery request, CancellationToken cancellationToken)
    {
        var rows = await targets.ListAsync(cancellationToken);
        return rows.Select(row => Target.From(row)).ToList();
    }
}
