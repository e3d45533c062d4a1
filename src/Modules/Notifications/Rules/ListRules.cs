using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Rules;

internal sealed class ListRulesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/notifications/rules", (IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new ListRulesQuery(), ct).Ok())
        .For<ListRulesQuery>("list-notification-rules", "Lists what is watched, and what the last look at it found.")
        .Produces<IReadOnlyList<Rule>>();
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Read)]
internal sealed record ListRulesQuery : IQuery<IReadOnlyList<Rule>>;

internal sealed class ListRulesHandler(IRuleStore rules) : IQueryHandler<ListRulesQuery, IReadOnlyList<Rule>>
{
    public async Task<Result<IReadOnlyList<Rule>>> Handle(ListRulesQuery request, CancellationToken cancellationToken)
    {
        var rows = await rules.ListAsync(cancellationToken);
        return rows.Select(Rule.From).ToList();
    }
}
