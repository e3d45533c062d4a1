using Microsoft.Extensions.Configuration;
using Monolith.Entitlements.AiSeats;
using Monolith.Entitlements.AiUsage;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Dashboard;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;
using Monolith.Kernel.Privacy;
using Monolith.Kernel.Settings;
using Monolith.Kernel.Telemetry;
using Monolith.Web.Dashboard;

[assembly: RoomTag("AiSeats", "AI seats")]
[assembly: RoomTag("AiUsage", "AI usage")]
[assembly: RoomTag("Features", "Entitlements")]
[assembly: RoomTag("Licenses", "Licenses")]

namespace Monolith.Entitlements;

/// <summary>Licenses, the features they allow, and who consumes an AI seat.</summary>
public sealed class EntitlementsModule : IModule
{
    /// <inheritdoc />
    public static string Name => "entitlements";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.AibridgeInterception, "AI Bridge interceptions", PermissionAction.Create, PermissionAction.Read, PermissionAction.Update),
        new(ResourceType.AiSeat, "AI seats", PermissionAction.Create, PermissionAction.Read),
        new(ResourceType.License, "Licenses", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read),
        new(ResourceType.Workspace, "Workspaces", PermissionAction.ApplicationConnect, PermissionAction.Create, PermissionAction.CreateAgent, PermissionAction.Delete, PermissionAction.DeleteAgent, PermissionAction.Read, PermissionAction.Share, PermissionAction.Ssh, PermissionAction.Start, PermissionAction.Stop, PermissionAction.Update, PermissionAction.UpdateAgent),
    ];

    /// <inheritdoc />
    public static IReadOnlyCollection<string> Features { get; } =
        [FeatureNames.AiBridge, FeatureNames.AiGovernanceUserLimit, FeatureNames.ManagedAgentLimit, FeatureNames.UserLimit];

    /// <inheritdoc />
    public static IReadOnlyList<SettingDeclaration> Settings { get; } = [KeyRing.Declared, LicenseFile.Declared, DevelopmentKey.Declared, CommunityFeatures.Declared, InterceptionRetention.Declared];

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        // A key that cannot be read stops the start here; the ring itself needs the host.
        KeyRing.Read(configuration);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<CommunityFeatures>();
        services.AddSingleton<IStartCheck>(provider => provider.GetRequiredService<CommunityFeatures>());
        services.AddSingleton<ILicenseReader, LicenseReader>();
        services.AddSingleton<EntitlementSnapshot>();
        services.AddSingleton<IEntitlements>(provider => provider.GetRequiredService<EntitlementSnapshot>());
        services.AddSingleton<IFeatureGate>(provider => provider.GetRequiredService<EntitlementSnapshot>());
        services.AddSingleton<LiveWarnings>();
        services.AddSingleton<IEntitlementWarnings>(provider => provider.GetRequiredService<LiveWarnings>());
        services.AddSingleton<ILicenseChangeFeed, LicenseChangeFeed>();
        services.AddSingleton<IStartupTask, LicenseFile>();
        services.AddSingleton<EntitlementRefresher>();
        services.AddSingleton<IStartupTask>(provider => provider.GetRequiredService<EntitlementRefresher>());
        services.AddHostedService(provider => provider.GetRequiredService<EntitlementRefresher>());
        services.AddScoped<IEntitlementRefresh, EntitlementRefresh>();
        services.AddScoped<LicenseRegistration>();
        services.AddScoped<ILicenseStore, LicenseStore>();
        services.AddScoped<UsageCounter>();
        services.AddScoped<IGaugeSource, LicenseGauges>();
        services.AddScoped<IAiSeats, SeatHolders>();
        services.AddReadStore<EntitlementsModule, SeatRow>(SeatMap.Table);
        services.AddReadStore<EntitlementsModule, InterceptionRow>(InterceptionMap.Table);
        services.AddScoped<SeatDays>();
        services.AddScoped<ISeatHistory>(provider => provider.GetRequiredService<SeatDays>());
        services.AddRecurringWork<SeatDayRecorder>();
        services.AddScoped<SeatFates>();
        services.AddScoped<ISeatReports, SeatReports>();
        services.AddScoped<GetSeatSummaryHandler>();
        services.AddScoped<IDeploymentOutlook, DeploymentOutlookReader>();
        services.AddScoped<INavigationSource, EntitlementsNavigation>();
        services.AddScoped<INoticeSource, EntitlementsNotices>();
        services.AddScoped<IKnownIds, KnownIds>();
        services.AddScoped<ISeatUses, SeatUses>();
        services.AddScoped<SeatRecorder>();
        services.AddScoped<IBuildStore, BuildStore>();
        services.AddScoped<IInterceptionStore, InterceptionStore>();
        services.AddScoped<IWorkspaceStore, WorkspaceStore>();
        services.AddScoped<ReportedWorkspaces>();
        services.AddScoped<IOwnedWorkspaces, OwnedWorkspaces>();
        services.AddScoped<UsageStream>();
        services.AddScoped<UsageReports>();
        services.AddSingleton(InterceptionRetention.Read(configuration));
        services.AddRecurringWork<InterceptionCleaner>();
        services.AddScoped<IUserData, UsageData>();
        services.AddScoped<InterceptionSearch>();
    }

    /// <summary>Explains a license for the host's <c>license</c> verbs: checks the token as an upload would and says what it holds, whether or not its signature is good.</summary>
    /// <param name="token">The compact JWT; any text is answered, never thrown at.</param>
    /// <param name="configuration">Trusted keys are read from <c>Licensing:TrustedKeys</c>; the development key of this machine is known too.</param>
    /// <param name="now">The moment to judge at.</param>
    /// <param name="activeUsers">For the warnings: how many people are active.</param>
    /// <param name="aiSeats">For the warnings: how many AI seats are held.</param>
    public static LicenseReport InspectLicense(string token, IConfiguration configuration, DateTimeOffset now, long activeUsers = 0, long aiSeats = 0) =>
        new LicenseExplanation(now, new UsageCounts(activeUsers, aiSeats)).Explain(LicenseText.Clean(token), KeyRing.ForTools(configuration));
}
