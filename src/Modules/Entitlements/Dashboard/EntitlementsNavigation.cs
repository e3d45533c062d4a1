using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

internal sealed class EntitlementsNavigation : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User)))
            yield return new NavigationItem(NavigationGroup.Deployment, 30, Texts.AiSeats, "/ai-seats", "seat");
        if (caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.License)))
            yield return new NavigationItem(NavigationGroup.Deployment, 40, Texts.Licenses, "/licenses", "license");
    }
}
