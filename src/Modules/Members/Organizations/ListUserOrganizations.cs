namespace Monolith.Members.Organizations;

internal sealed class ListUserOrganizationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/organizations",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListUserOrganizationsQuery(user), ct).Ok())
        .For<ListUserOrganizationsQuery>("get-organizations-by-user", "Lists the organizations of a user that the caller may read.")
        .Produces<IReadOnlyList<Organization>>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true)]
[RequiresPermissionOnRows(ResourceType.Organization, PermissionAction.Read)]
internal sealed record ListUserOrganizationsQuery(string User) : IQuery<IReadOnlyList<Organization>>, IUserRequest;

internal sealed class ListUserOrganizationsHandler(CurrentUser user, OrganizationReader organizations, ICaller caller)
    : IQueryHandler<ListUserOrganizationsQuery, IReadOnlyList<Organization>>
{
    public async Task<Result<IReadOnlyList<Organization>>> Handle(ListUserOrganizationsQuery request, CancellationToken cancellationToken) =>
        (await organizations.ListOfUserAsync(caller.Subject.Visible(PermissionAction.Read, ResourceType.Organization), user.Id, cancellationToken)).ToList();
}
