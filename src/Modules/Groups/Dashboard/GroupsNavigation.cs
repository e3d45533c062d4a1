using Monolith.Web.Dashboard;

namespace Monolith.Groups.Dashboard;

internal sealed class GroupsNavigation : INavigationSource
{
    // Everybody of an organization sees at least the groups that they are in.
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (organization is not null)
            yield return new NavigationItem(NavigationGroup.Organization, 15, Texts.Groups, $"/organizations/{organization.Name}/groups", "groups");
    }
}
