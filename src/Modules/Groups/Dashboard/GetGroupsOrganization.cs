namespace Monolith.Groups.Dashboard;

/// <summary>Enters the organization of a page, also without a license.</summary>
[RequiresSession]
internal sealed record GetGroupsOrganizationQuery(string Organization) : IQuery<OrganizationInfo>, IOrganizationRequest;

internal sealed class GetGroupsOrganizationHandler(CurrentOrganization current) : IQueryHandler<GetGroupsOrganizationQuery, OrganizationInfo>
{
    public Task<Result<OrganizationInfo>> Handle(GetGroupsOrganizationQuery request, CancellationToken cancellationToken) => Task.FromResult<Result<OrganizationInfo>>(current.Value);
}
