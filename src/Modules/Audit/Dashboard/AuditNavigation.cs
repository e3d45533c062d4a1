using Monolith.Entitlements.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Audit.Dashboard;

internal sealed class AuditNavigation(IFeatureGate features) : INavigationSource
{
    public IEnumerable<NavigationItem> Items(ICaller caller, OrganizationInfo? organization)
    {
        if (features.Check(FeatureNames.AuditLog) is null && caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.AuditLog) with { AnyOrganization = true }))
            yield return new NavigationItem(NavigationGroup.Deployment, 50, Texts.AuditLog, "/audit", "audit");
    }
}
