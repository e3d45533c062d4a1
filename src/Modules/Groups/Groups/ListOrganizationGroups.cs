using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class ListOrganizationGroupsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/groups",
            (string organization, HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListOrganizationGroupsQuery(organization, GroupFilterRequest.Read(request.Query)), ct).AsArray())
        .For<ListOrganizationGroupsQuery>("get-groups-by-organization", "Lists the groups of an organization that the caller may read.")
        .Produces<IReadOnlyList<Group>>();
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresPermissionOnRows(ResourceType.Group, PermissionAction.Read)]
internal sealed record ListOrganizationGroupsQuery(string Organization, GroupFilterRequest Filter) : IQuery<RowStream<Group>>, IOrganizationRequest;

internal sealed class ListOrganizationGroupsValidator : AbstractValidator<ListOrganizationGroupsQuery>
{
    public ListOrganizationGroupsValidator() => RuleFor(query => query.Filter).SetValidator(new GroupFilterRequestValidator()).OverridePropertyName("");
}

internal sealed class ListOrganizationGroupsHandler(GroupFilterReader filters, GroupListReader groups, CurrentOrganization organization)
    : IQueryHandler<ListOrganizationGroupsQuery, RowStream<Group>>
{
    public async Task<Result<RowStream<Group>>> Handle(ListOrganizationGroupsQuery request, CancellationToken cancellationToken)
    {
        var filter = await filters.ReadAsync(request.Filter, organization.Id, cancellationToken);
        return filter.IsSuccess ? groups.Stream(filter.Value, request.Filter) : filter.Error;
    }
}
