using Monolith.Web.Dashboard;

namespace Monolith.Notifications.Dashboard;

internal sealed class NotificationsNavigation : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.NotificationTemplate)))
            yield return new NavigationItem(NavigationGroup.Deployment, 60, Texts.Notifications, "/notifications", "bell");
    }
}
