using Monolith.Audit;
using Monolith.Entitlements;
using Monolith.Groups;
using Monolith.Kernel.Modules;
using Monolith.Members;
using Monolith.Notifications;
using Monolith.Roles;

namespace Monolith.Api;

/// <summary>The modules of the host.</summary>
internal static class Modules
{
    /// <summary>One line each. Migrations run in this order.</summary>
    public static IReadOnlyList<RegisteredModule> All { get; } =
    [
        RegisteredModule.Of<NotificationsModule>(),
        RegisteredModule.Of<AuditModule>(),
        RegisteredModule.Of<GroupsModule>(),
        RegisteredModule.Of<MembersModule>(),
        RegisteredModule.Of<RolesModule>(),
        RegisteredModule.Of<EntitlementsModule>(),
    ];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var module in All)
            services.AddModule(module, configuration);
    }
}
