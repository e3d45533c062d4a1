using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Data.Auditing;
using Monolith.Data.Connections;
using Monolith.Data.Outbox;
using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Settings;
using Monolith.Kernel.Telemetry;

namespace Monolith.Data;

/// <summary>Registers the database of a request. The host adds the data sources.</summary>
public static class DataRegistration
{
    private static readonly DeclaredSetting<int> MaxLimit = DeclaredSetting.Number("Paging:MaxLimit", 0, "the largest accepted `limit` of a list; 0 is off", least: 0);

    /// <summary>The settings that are read here.</summary>
    public static IReadOnlyList<SettingDeclaration> Settings { get; } = [MaxLimit];

    /// <summary>Sessions, stores, pages, the outbox and the audit log.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        DapperConfiguration.Apply();

        services.AddSingleton(new PagingOptions { MaxLimit = MaxLimit.Read(configuration) });
        services.AddSingleton<PageRequestValidator>();
        services.AddSingleton(new CountCache());
        services.AddScoped<DbSession>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<DbSession>());
        services.AddScoped(typeof(Db<>));
        services.AddSingleton<OutboxRoutes>();
        services.AddSingleton<OutboxSignal>();
        services.AddScoped<IOutboxStore, SqlOutboxStore>();
        services.AddScoped<IOutbox, OutboxWriter>();
        services.AddRecurringWork<OutboxWorker>();
        services.AddScoped<IGaugeSource, OutboxGauges>();
        services.AddScoped<IAuditWriter, AuditWriter>();
        services.AddRecurringWork<RefusalLog>();
        return services;
    }
}
