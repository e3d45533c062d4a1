using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class ListOrganizationGroupsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/groups",
            (string organization,
             [FromQuery(Name = "has_member"), Description("Only groups in which this user is: a uuid, a username, or me.")] string? hasMember,
             [FromQuery(Name = "group_ids"), Description("Only these groups: uuids, apart by commas.")] string? groupIds,
             [FromQuery(Name = "member_ids"), Description("Only groups in which any of these users is, at most 500 uuids, apart by commas. Of each group those members are shown only.")] string? memberIds,
             [FromQuery(Name = "exclude_members"), Description("True leaves the members out. Otherwise groups of at most 100 show theirs.")] string? excludeMembers,
             HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListOrganizationGroupsQuery(organization, new(null, hasMember, groupIds, memberIds, excludeMembers, GroupFilterRequest.UnknownOf(request.Query))), ct).AsArray())
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
