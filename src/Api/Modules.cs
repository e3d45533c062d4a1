using Monolith.Audit;
using Monolith.Entitlements;
using Monolith.Groups;
using Monolith.Kernel.Modules;
using Monolith.Members;
using Monolith.Notifications;
using Monolith.Roles;

namespace Monolith.Api;

/// <summary>The modules of the host, one line each. Migrations run in this order.</summary>
internal static class Modules
{
    public static void Add(IServiceCollection services, IConfiguration configuration) => services
        .AddModule<NotificationsModule>(configuration)
        .AddModule<AuditModule>(configuration)
        .AddModule<GroupsModule>(configuration)
        .AddModule<MembersModule>(configuration)
        .AddModule<RolesModule>(configuration)
        .AddModule<EntitlementsModule>(configuration);
}
