namespace Monolith.Members.Organizations;

internal sealed class ListOrganizationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListOrganizationsQuery(), ct).Ok())
        .For<ListOrganizationsQuery>("get-organizations", "Lists the organizations that the caller may read.")
        .Produces<IReadOnlyList<Organization>>();
}

[RequiresPermissionOnRows(ResourceType.Organization, PermissionAction.Read)]
internal sealed record ListOrganizationsQuery : IQuery<IReadOnlyList<Organization>>;

internal sealed class ListOrganizationsHandler(OrganizationReader organizations, ICaller caller)
    : IQueryHandler<ListOrganizationsQuery, IReadOnlyList<Organization>>
{
    public async Task<Result<IReadOnlyList<Organization>>> Handle(ListOrganizationsQuery request, CancellationToken cancellationToken) =>
        (await organizations.ListAsync(caller.Subject.Visible(PermissionAction.Read, ResourceType.Organization), cancellationToken)).ToList();
}
