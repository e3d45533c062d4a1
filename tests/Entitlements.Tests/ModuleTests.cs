using Carter;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Web;
using Monolith.Web.Http;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;

namespace Monolith.Entitlements.Tests;

public sealed class ModuleTests
{
    private static readonly IServiceCollection Services = new ServiceCollection().AddBuildingBlocks(Samples.Configuration()).AddModule<EntitlementsModule>(Samples.Configuration()).AddEndpoints();

    [Fact]
    public void Every_request_passes_the_check_of_the_start()
    {
        // The Members module declares them, which is not here.
        ResourceCatalog.Declare([new(ResourceType.User, "Users", PermissionAction.Read), new(ResourceType.OrganizationMember, "Organization members", PermissionAction.Read)]);
        Assert.True(RequestChecks.Verify(Services, typeof(EntitlementsModule).Assembly.GetTypes()) >= 10);
    }

    [Fact]
    public void Every_endpoint_is_found() =>
        Assert.Equal(
            typeof(EntitlementsModule).Assembly.GetTypes().Where(type => type.IsClass && typeof(ICarterModule).IsAssignableFrom(type)),
            Services.Where(service => service.ServiceType == typeof(ICarterModule)).Select(service => service.ImplementationType));

    [Fact]
    public void The_migration_is_in_the_assembly() =>
        Assert.Contains(typeof(EntitlementsModule).Assembly.GetManifestResourceNames(), name => name.EndsWith("0001_entitlements.sql", StringComparison.Ordinal));
}
