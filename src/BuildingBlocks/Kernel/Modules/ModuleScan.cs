using FluentValidation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;

namespace Monolith.Kernel.Modules;

/// <summary>Adds modules to a service collection.</summary>
public static class ModuleScan
{
    private static readonly Type[] OpenServices =
    [
        typeof(IRequestHandler<,>),
        typeof(INotificationHandler<>),
        typeof(IValidator<>),
        typeof(IRequestAuthorizer<>),
    ];

    /// <summary>Adds one module: its services, and by scanning its assembly every handler, validator and authorizer.</summary>
    public static IServiceCollection AddModule<TModule>(this IServiceCollection services, IConfiguration configuration)
        where TModule : IModule =>
        services.AddModule(RegisteredModule.Of<TModule>(), configuration);

    /// <inheritdoc cref="AddModule{TModule}" />
    public static IServiceCollection AddModule(this IServiceCollection services, RegisteredModule module, IConfiguration configuration)
    {
        services.AddSingleton(module);
        ResourceCatalog.Declare(module.Permissions);
        module.AddServices(services, configuration);
        return services.AddSlices(module.Assembly.GetTypes());
    }

    /// <summary>Registers the slice parts among <paramref name="types"/>; internal and nested types included.</summary>
    public static IServiceCollection AddSlices(this IServiceCollection services, IEnumerable<Type> types)
    {
        foreach (var type in types.Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }))
        {
            foreach (var service in type.GetInterfaces().Where(IsSliceService))
                services.Add(new ServiceDescriptor(service, type, LifetimeOf(service)));
            foreach (var service in type.GetInterfaces().Where(service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IOutboxHandler<>)))
                services.AddScoped(type).AddSingleton(OutboxRoute.Of(service.GetGenericArguments()[0], type));
        }

        return services;
    }

    // To make the rules of a validator costs more than to check a request; what belongs to the request it finds with ValidationScope.
    private static ServiceLifetime LifetimeOf(Type service) =>
        service.GetGenericTypeDefinition() == typeof(IValidator<>) ? ServiceLifetime.Singleton : ServiceLifetime.Scoped;

    private static bool IsSliceService(Type service) =>
        service.IsGenericType && OpenServices.Contains(service.GetGenericTypeDefinition());
}
