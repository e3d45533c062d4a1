using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class ListGroupsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/groups",
            (HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListGroupsQuery(GroupFilterRequest.Read(request.Query)), ct).AsArray())
        .For<ListGroupsQuery>("get-groups", "Lists the groups of the deployment that the caller may read.")
        .Produces<IReadOnlyList<Group>>();
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresPermissionOnRows(ResourceType.Group, PermissionAction.Read)]
internal sealed record ListGroupsQuery(GroupFilterRequest Filter) : IQuery<RowStream<Group>>;

internal sealed class ListGroupsValidator : AbstractValidator<ListGroupsQuery>
{
    public ListGroupsValidator() => RuleFor(query => query.Filter).SetValidator(new GroupFilterRequestValidator()).OverridePropertyName("");
}

internal sealed class ListGroupsHandler(GroupFilterReader filters, GroupListReader groups) : IQueryHandler<ListGroupsQuery, RowStream<Group>>
{
    public async Task<Result<RowStream<Group>>> Handle(ListGroupsQuery request, CancellationToken cancellationToken)
    {
        var filter = await filters.ReadAsync(request.Filter, null, cancellationToken);
        return filter.IsSuccess ? groups.Stream(filter.Value, request.Filter) : filter.Error;
    }
}
