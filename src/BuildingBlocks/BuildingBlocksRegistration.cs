using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Data.Outbox;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Modules;
using Monolith.BuildingBlocks.Pipeline;

namespace Monolith.BuildingBlocks;

/// <summary>Registers what every module stands on.</summary>
public static class BuildingBlocksRegistration
{
    /// <summary>The mediator with its pipeline, outermost behavior first, and the scoped services of a request.</summary>
    public static IServiceCollection AddBuildingBlocks(this IServiceCollection services)
    {
        DapperConfiguration.Apply();

        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, OrderedMediator>();
        services.AddScoped<IDispatcher, Dispatcher>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TraceBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditFailureBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorizeBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));

        services.AddScoped<DbSession>();
        services.AddScoped(typeof(Db<>));
        services.AddSingleton<OutboxRoutes>();
        services.AddSingleton<OutboxSignal>();
        services.AddScoped<IOutboxStore, SqlOutboxStore>();
        services.AddScoped<IOutbox, OutboxWriter>();
        services.AddRecurringWork<OutboxWorker>();
        services.AddScoped<AuditTrail>();
        services.AddRecurringWork<RefusalLog>();
        services.AddScoped<CurrentOrganization>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<RequestTargets>();
        services.AddScoped<ResponseNotes>();
        services.AddSingleton(TimeProvider.System);
        return services;
    }
}
