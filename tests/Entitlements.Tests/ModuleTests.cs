using Carter;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks;
using Monolith.BuildingBlocks.Modules;

namespace Monolith.Entitlements.Tests;

public sealed class ModuleTests
{
    private static readonly IServiceCollection Services = new ServiceCollection().AddBuildingBlocks().AddModule<EntitlementsModule>(Samples.Configuration());

    [Fact]
    public void Every_request_passes_the_check_of_the_start() =>
        Assert.True(RequestChecks.Verify(Services, typeof(EntitlementsModule).Assembly.GetTypes()) >= 10);

    [Fact]
    public void Every_endpoint_is_found()
    {
        var endpoints = typeof(EntitlementsModule).Assembly.GetTypes().Count(type => typeof(ICarterModule).IsAssignableFrom(type));
        Assert.True(endpoints >= 10);
        Assert.Equal(endpoints, Services.Count(service => service.ServiceType == typeof(ICarterModule)));
    }

    [Fact]
    public void The_migration_is_in_the_assembly() =>
        Assert.Contains(typeof(EntitlementsModule).Assembly.GetManifestResourceNames(), name => name.EndsWith("0001_entitlements.sql", StringComparison.Ordinal));
}
