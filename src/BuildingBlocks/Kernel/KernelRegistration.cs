using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;

namespace Monolith.Kernel;

/// <summary>Registers the mediator with its pipeline.</summary>
public static class KernelRegistration
{
    /// <summary>The pipeline, outermost behavior first, and the scoped services of a request.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, OrderedMediator>();
        services.AddScoped<IDispatcher, Dispatcher>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TraceBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditFailureBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorizeBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));

        services.AddSingleton<RefusalCounts>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<AssumedSession>();
        services.AddScoped<CurrentOrganization>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<RequestTargets>();
        services.AddSingleton(TimeProvider.System);
        return services;
    }
}
