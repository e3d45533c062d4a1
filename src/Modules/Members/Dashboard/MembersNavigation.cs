using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Dashboard;

namespace Monolith.Members.Dashboard;

internal sealed class MembersNavigation : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User)))
            yield return new NavigationItem(NavigationGroup.Deployment, 10, Texts.Users, "/users", "users");
        yield return new NavigationItem(NavigationGroup.Deployment, 20, Texts.Organizations, "/organizations", "organizations");
        if (organization is not null)
            yield return new NavigationItem(NavigationGroup.Organization, 10, Texts.Members, $"/organizations/{organization.Name}/members", "members");
    }
}
