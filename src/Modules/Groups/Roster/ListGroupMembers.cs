using Monolith.Entitlements.Contracts;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Roster;

internal sealed class ListGroupMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/groups/{group}/members",
            (string group, string? q, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListGroupMembersQuery(group, q, list.Page), ct)
                    .AsPage(WireJson.Name(nameof(GroupMemberPage.Users)), list.Format, GroupMemberFile.Table))
        .For<ListGroupMembersQuery>("get-group-members", "Lists the members of a group whom the caller may read, a page at a time or as CSV.")
        .Searches(app.ServiceProvider.GetRequiredService<IUserSearch>().Terms)
        .Produces<GroupMemberPage>()
        .Fails(404);
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Read)]
internal sealed record ListGroupMembersQuery(string Group, string? Q, PageRequest Page) : IQuery<ListResult<ReducedUser>>;

internal sealed class ListGroupMembersAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<ListGroupMembersQuery>
{
    public ValueTask<Error?> AuthorizeAsync(ListGroupMembersQuery request, CancellationToken cancellationToken) =>
        entrance.EnterAsync(request.Group, PermissionAction.Read, cancellationToken);
}

internal sealed class ListGroupMembersValidator : AbstractValidator<ListGroupMembersQuery>
{
    public ListGroupMembersValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListGroupMembersHandler(GroupMemberList list) : IQueryHandler<ListGroupMembersQuery, ListResult<ReducedUser>>
{
    public Task<Result<ListResult<ReducedUser>>> Handle(ListGroupMembersQuery request, CancellationToken cancellationToken) =>
        list.ReadAsync(request.Q, request.Page, cancellationToken);
}
