namespace Monolith.Members.Organizations;

internal sealed class GetUserOrganizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/organizations/{organization}",
            (string user, string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetUserOrganizationQuery(user, organization), ct).Ok())
        .For<GetUserOrganizationQuery>("get-organization-by-user-and-organization-name", "Answers an organization below a user, who need not belong to it.")
        .Produces<Organization>();
}

/// <summary>An organization by name; whether the user belongs to it is not asked (members specification 3.10).</summary>
[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true)]
internal sealed record GetUserOrganizationQuery(string User, string Organization) : IQuery<Organization>, IOrganizationRequest, IUserRequest;

internal sealed class GetUserOrganizationHandler(OrganizationReader organizations, CurrentOrganization current)
    : IQueryHandler<GetUserOrganizationQuery, Organization>
{
    public async Task<Result<Organization>> Handle(GetUserOrganizationQuery request, CancellationToken cancellationToken) =>
        await organizations.FindAsync(current.Id, cancellationToken) is { } organization ? organization : Error.NotFound;
}
