using Monolith.Entitlements.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard;

internal sealed class MembersNavigation(IEntitlements entitlements) : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User)))
            yield return new NavigationItem(NavigationGroup.Deployment, 10, Texts.Users, "/users", "users");
        yield return new NavigationItem(NavigationGroup.Deployment, 20, Texts.Organizations, "/organizations", "organizations");
        if (organization is null)
            yield break;
        yield return new NavigationItem(NavigationGroup.Organization, 10, Texts.Members, $"/organizations/{organization.Name}/members", "members");
        if (entitlements.IsUsable(FeatureNames.MultipleOrganizations) && caller.Can(PermissionAction.Update, ResourceObject.In(ResourceType.Organization, organization.Id)))
            yield return new NavigationItem(NavigationGroup.Organization, 30, Texts.Settings, $"/organizations/{organization.Name}/settings", "settings");
    }
}
