using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Data;
using Monolith.Kernel;
using Monolith.Web.Http;

namespace Monolith.Web;

/// <summary>Registers what every module stands on.</summary>
public static class BuildingBlocksRegistration
{
    /// <summary>Kernel, data and web.</summary>
    public static IServiceCollection AddBuildingBlocks(this IServiceCollection services, IConfiguration configuration) => services
        .AddKernel()
        .AddData(configuration)
        .AddScoped<ResponseHeaders>();
}
