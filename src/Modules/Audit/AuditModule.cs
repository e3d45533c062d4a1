using Microsoft.Extensions.Configuration;
using Monolith.Audit.Contracts;
using Monolith.Audit.Dashboard;
using Monolith.Audit.Log;
using Monolith.Audit.Sealing;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Privacy;
using Monolith.Kernel.Settings;
using Monolith.Kernel.Telemetry;
using Monolith.Web.Dashboard;

[assembly: RoomTag("Log", "Audit")]
[assembly: RoomTag("Sealing", "Audit")]

namespace Monolith.Audit;

/// <summary>Reads the audit log, which every command writes, and seals it.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public static string Name => "audit";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.AuditLog, "Audit log", PermissionAction.Create, PermissionAction.Read),
    ];

    /// <inheritdoc />
    public static IReadOnlyCollection<string> Features { get; } = [FeatureNames.AuditLog];

    /// <inheritdoc />
    public static IReadOnlyList<SettingDeclaration> Settings { get; } = AuditRetention.Declared;

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new AuditRetention(configuration));
        services.AddReadStore<AuditModule, AuditLogRow>(AuditLogMap.Table);
        services.AddScoped<IActors, Actors>();
        services.AddScoped<AuditSearch>();
        services.AddScoped<SealStore>();
        services.AddScoped<IChainReader, ChainReader>();
        services.AddScoped<IAuditVerification, ChainVerifier>();
        services.AddScoped<INavigationSource, AuditNavigation>();
        services.AddScoped<IUserData, AuditData>();
        services.AddScoped<IGaugeSource, SealGauges>();
        services.AddRecurringWork<Sealer>();
        services.AddRecurringWork<SegmentRemover>();
    }
}
