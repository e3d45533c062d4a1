using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Privacy;
using Monolith.Kernel.Settings;
using Monolith.Members.Contracts;
using Monolith.Notifications.Dashboard;
using Monolith.Notifications.Deliveries;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Rules;
using Monolith.Notifications.Sending;
using Monolith.Notifications.Targets;
using Monolith.Notifications.Watching;
using Monolith.Web.Dashboard;

[assembly: RoomTag("Rules", "Notifications")]
[assembly: RoomTag("Targets", "Notifications")]
[assembly: RoomTag("Deliveries", "Notifications")]

namespace Monolith.Notifications;

/// <summary>Tells admins by e-mail and webhook what needs them, before it hurts.</summary>
public sealed class NotificationsModule : IModule
{
    /// <inheritdoc />
    public static string Name => "notifications";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.NotificationTemplate, "Notification templates", PermissionAction.Read, PermissionAction.Update),
    ];

    /// <inheritdoc />
    public static IReadOnlyList<SettingDeclaration> Settings { get; } = NotificationSettings.Declared;

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NotificationSettings(configuration));
        services.AddSingleton<IHostResolver, HostResolver>();
        services.AddSingleton<TargetGuard>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<Courier>();
        services.AddReadStore<NotificationsModule, DeliveryRow>(DeliveryMap.Table);
        services.AddScoped<IOutgoing, Outgoing>();
        services.AddScoped<IRuleStore, RuleStore>();
        services.AddScoped<ITargetStore, TargetStore>();
        services.AddScoped<DeliveryStore>();
        services.AddScoped<IAccountMail, AccountMail>();
        services.AddScoped<IRetryWriter, RetryWriter>();
        services.AddScoped<IUserData, MailData>();
        services.AddScoped<WatchStore>();
        services.AddScoped<IRuleSight, SeatsUsedSight>();
        services.AddScoped<IRuleSight, SeatsProjectedFullSight>();
        services.AddScoped<IRuleSight, LicenseEndsSight>();
        services.AddScoped<IRuleSight, UsersBecomeDormantSight>();
        services.AddScoped<IRuleSight, AuditChainBrokenSight>();
        services.AddScoped<INavigationSource, NotificationsNavigation>();
        services.AddRecurringWork<RuleWatch>();
        services.AddRecurringWork<DeliveryWorker>();
        services.AddRecurringWork<DeliveryRetention>();
    }
}
