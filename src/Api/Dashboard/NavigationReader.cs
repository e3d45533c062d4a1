using Monolith.Api.Http;
using Monolith.Kernel.Authorization;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Dashboard;

/// <summary>The organization in view, and the entries of all modules that the caller may open. Scoped.</summary>
internal sealed class NavigationReader(CallerContext caller, IOrganizationDirectory organizations, IEnumerable<INavigationSource> sources)
{
    /// <param name="reference">How the address names the organization.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<(OrganizationInfo? Organization, List<NavigationItem> Items)> ReadAsync(string reference, CancellationToken cancellationToken)
    {
        var found = await organizations.FindAsync(reference, cancellationToken);
        var organization = found is not null && caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)) ? found : null;
        return (organization, [.. sources.SelectMany(source => source.Items(caller, organization)).OrderBy(item => item.Group).ThenBy(item => item.Order)]);
    }
}
