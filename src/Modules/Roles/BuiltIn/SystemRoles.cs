using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>The implied organization roles, sharing mode <c>everyone</c>: roles specification 3.13 and 3.14.</summary>
internal static class SystemRoles
{
    private static readonly IReadOnlyList<Permission> SharedOrganization =
        [.. Read(T.AssignOrgRole, T.Group, T.Organization, T.OrganizationMember, T.ProvisionerDaemon)];

    private static readonly IReadOnlyList<Permission> SharedMember =
    [
        .. Allow(T.AibridgeInterception, A.Create, A.Update),
        .. AllOf(T.ApiKey),
        .. Read(T.GroupMember, T.OrganizationMember),
        .. AllOf(T.InboxNotification),
        .. Allow(T.NotificationMessage, A.Read, A.Update),
        .. AllOf(T.NotificationPreference),
    ];

    public static BuiltInRole OrganizationMember { get; } = new(RoleName.OrganizationMember, "", new PermissionLists
    {
        Organization = [.. SharedOrganization, .. Allow(T.ChatProject, A.Create)],
        Member =
        [
            .. SharedMember,
            .. Allow(T.Chat, A.Create, A.Read, A.Share, A.Update),
            .. Allow(T.ChatProject, A.Delete, A.Read, A.Share, A.Update),
        ],
    });

    public static BuiltInRole OrganizationServiceAccount { get; } = new(RoleName.OrganizationServiceAccount, "", new PermissionLists
    {
        Organization = SharedOrganization,
        Member = SharedMember,
    });
}
