using Monolith.Api.Http;
using Monolith.Kernel.Authorization;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Dashboard;

/// <summary>The organization in view, and the entries of all modules that the caller may open. Scoped.</summary>
internal sealed class NavigationReader(CallerContext caller, IOrganizationDirectory organizations, IEnumerable<INavigationSource> sources)
{
    /// <param name="context">Names the organization, see <see cref="ViewedOrganization"/>. One that is not there any more gives way to the default one.</param>
    public async Task<(OrganizationInfo? Organization, List<NavigationItem> Items)> ReadAsync(HttpContext context)
    {
        var organization = await FindAsync(ViewedOrganization.Of(context), context.RequestAborted);
        if (organization is null && context.Request.RouteValues["organization"] is null)
            organization = await FindAsync("default", context.RequestAborted);
        if (organization is not null && context.Request.RouteValues["organization"] is not null)
            ViewedOrganization.Remember(context, organization.Name);
        return (organization, [.. sources.SelectMany(source => source.Items(caller, organization)).OrderBy(item => item.Group).ThenBy(item => item.Order)]);
    }

    private async Task<OrganizationInfo?> FindAsync(string reference, CancellationToken cancellationToken) =>
        await organizations.FindAsync(reference, cancellationToken) is { } found && caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)) ? found : null;
}
