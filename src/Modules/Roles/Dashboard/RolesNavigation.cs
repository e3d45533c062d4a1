using Monolith.Web.Dashboard;

namespace Monolith.Roles.Dashboard;

internal sealed class RolesNavigation : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (organization is not null && caller.Can(PermissionAction.Read, ResourceObject.In(ResourceType.AssignOrgRole, organization.Id)))
            yield return new NavigationItem(NavigationGroup.Organization, 20, Texts.Roles, $"/organizations/{organization.Name}/roles", "roles");
    }
}
