namespace Monolith.Members.Organizations;

internal sealed class GetOrganizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}",
            (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetOrganizationQuery(organization), ct).Ok())
        .For<GetOrganizationQuery>("get-organization", "Answers an organization by id or name.")
        .Produces<Organization>();
}

[RequiresSession]
internal sealed record GetOrganizationQuery(string Organization) : IQuery<Organization>, IOrganizationRequest;

internal sealed class GetOrganizationHandler(OrganizationReader organizations, CurrentOrganization current)
    : IQueryHandler<GetOrganizationQuery, Organization>
{
    public async Task<Result<Organization>> Handle(GetOrganizationQuery request, CancellationToken cancellationToken) =>
        await organizations.FindAsync(current.Id, cancellationToken) is { } organization ? organization : Error.NotFound;
}
