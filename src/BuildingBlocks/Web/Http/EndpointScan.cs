using Carter;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Modules;
using Monolith.Web.Dashboard;

namespace Monolith.Web.Http;

/// <summary>Finds the endpoints of slices.</summary>
public static class EndpointScan
{
    private static readonly Type[] Kinds = [typeof(ICarterModule), typeof(IPageFiles)];

    /// <summary>Adds the endpoints of every module that was added before.</summary>
    public static IServiceCollection AddEndpoints(this IServiceCollection services)
    {
        var modules = services.Select(service => service.ImplementationInstance).OfType<RegisteredModule>().ToList();
        return services.AddEndpoints(modules.SelectMany(module => module.Assembly.GetTypes()));
    }

    /// <summary>Adds the endpoints among <paramref name="types"/>; internal ones included.</summary>
    public static IServiceCollection AddEndpoints(this IServiceCollection services, IEnumerable<Type> types)
    {
        foreach (var type in types.Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var kind in Kinds.Where(kind => kind.IsAssignableFrom(type)))
                services.AddSingleton(kind, type);
        }

        return services;
    }
}
