using Monolith.Entitlements.Contracts;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Roster;

internal sealed class ListGroupMembersByNameEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/groups/{groupName}/members",
            (string organization, string groupName, string? q, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListGroupMembersByNameQuery(organization, groupName, q, list.Page), ct)
                    .AsPage(WireJson.Name(nameof(GroupMemberPage.Users)), list.Format, GroupMemberFile.Table))
        .For<ListGroupMembersByNameQuery>("get-group-members-by-organization-and-name", "Lists the members of the group of a name whom the caller may read, a page at a time or as CSV.")
        .Searches(app.ServiceProvider.GetRequiredService<IUserSearch>().Terms)
        .Produces<GroupMemberPage>();
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Read)]
internal sealed record ListGroupMembersByNameQuery(string Organization, string GroupName, string? Q, PageRequest Page)
    : IQuery<ListResult<ReducedUser>>, IOrganizationRequest;

internal sealed class ListGroupMembersByNameAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<ListGroupMembersByNameQuery>
{
    public ValueTask<Error?> AuthorizeAsync(ListGroupMembersByNameQuery request, CancellationToken cancellationToken) =>
        entrance.EnterNamedAsync(request.GroupName, cancellationToken);
}

internal sealed class ListGroupMembersByNameValidator : AbstractValidator<ListGroupMembersByNameQuery>
{
    public ListGroupMembersByNameValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListGroupMembersByNameHandler(GroupMemberList list) : IQueryHandler<ListGroupMembersByNameQuery, ListResult<ReducedUser>>
{
    public Task<Result<ListResult<ReducedUser>>> Handle(ListGroupMembersByNameQuery request, CancellationToken cancellationToken) =>
        list.ReadAsync(request.Q, request.Page, cancellationToken);
}
