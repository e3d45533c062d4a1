using System.Runtime.CompilerServices;
using Monolith.Audit;
using Monolith.Entitlements;
using Monolith.Groups;
using Monolith.Kernel.Authorization;
using Monolith.Members;
using Monolith.Notifications;

namespace Monolith.Roles.Tests;

/// <summary>These tests run without a host, which otherwise declares what its modules have.</summary>
internal static class Declarations
{
#pragma warning disable CA2255 // before any table of roles is read
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Declare() =>
        ResourceCatalog.Declare([.. AuditModule.Permissions, .. GroupsModule.Permissions, .. MembersModule.Permissions, .. NotificationsModule.Permissions, .. RolesModule.Permissions, .. EntitlementsModule.Permissions, .. AnnouncementsModule.Permissions]);
}
