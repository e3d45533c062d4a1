using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Organizations;

/// <summary>An organization for somebody who may change it: asked in the order of the command that changes it, feature, organization, permission.</summary>
[RequiresFeature(FeatureNames.MultipleOrganizations)]
[RequiresPermission(ResourceType.Organization, PermissionAction.Update, HideRefusal = true)]
internal sealed record GetOrganizationSettingsQuery(string Organization) : IQuery<Organization>, IOrganizationRequest;

internal sealed class GetOrganizationSettingsHandler(OrganizationReader organizations, CurrentOrganization current)
    : IQueryHandler<GetOrganizationSettingsQuery, Organization>
{
    public async Task<Result<Organization>> Handle(GetOrganizationSettingsQuery request, CancellationToken cancellationToken) =>
        await organizations.FindAsync(current.Id, cancellationToken) is { } organization ? organization : Error.NotFound;
}
