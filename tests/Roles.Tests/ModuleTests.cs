using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Roles.BuiltIn;

namespace Monolith.Roles.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void Every_request_passes_the_start_checks()
    {
        var services = new ServiceCollection().AddModule<RolesModule>(new ConfigurationBuilder().Build());
        Assert.True(RequestChecks.Verify(services, typeof(RolesModule).Assembly.GetTypes()) >= 7);
    }

    [Fact]
    public void Built_in_names_and_permissions_are_valid()
    {
        Assert.Equal(["owner", "auditor", "template-admin", "user-admin"], BuiltInRoles.AssignableSite.Select(role => role.Name));
        Assert.Equal(
            ["organization-admin", "organization-auditor", "organization-template-admin", "organization-user-admin", "organization-workspace-creation-ban", "organization-workspace-access"],
            BuiltInRoles.AssignableOrganization.Select(role => role.Name));
        var permissions = BuiltInRoles.AssignableSite.Concat(BuiltInRoles.AssignableOrganization)
            .Append(SiteRoles.Member).Append(SystemRoles.OrganizationMember).Append(SystemRoles.OrganizationServiceAccount)
            .SelectMany(role => role.Lists.Site.Concat(role.Lists.User).Concat(role.Lists.Organization).Concat(role.Lists.Member))
            .ToList();
        Assert.NotEmpty(permissions);
        Assert.All(permissions, permission =>
            Assert.True(permission.Action == PermissionAction.Any || ResourceCatalog.Declares(permission.Resource, permission.Action), permission.ToString()));
    }
}
