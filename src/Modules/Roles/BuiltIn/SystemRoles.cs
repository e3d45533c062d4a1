using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>The implied organization roles: roles specification 3.13 and 3.14. How an organization shares workspaces decides who may share; who may read members and groups it does not (contract 7.5).</summary>
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

    private static readonly BuiltInRole MemberWhereServiceAccountsShare = With(OrganizationMember, [], Deny(T.Workspace, A.Share));

    private static readonly BuiltInRole MemberWhereNobodyShares = With(OrganizationMember, Deny(T.Workspace, A.Share), Deny(T.Workspace, A.Share));

    private static readonly BuiltInRole ServiceAccountWhereNobodyShares = With(OrganizationServiceAccount, Deny(T.Workspace, A.Share), []);

    /// <summary>What everybody in an organization holds, as it shares workspaces.</summary>
    public static BuiltInRole Implied(bool isServiceAccount, string sharing) => (isServiceAccount, sharing) switch
    {
        (false, WorkspaceSharing.None) => MemberWhereNobodyShares,
        (false, WorkspaceSharing.ServiceAccounts) => MemberWhereServiceAccountsShare,
        (false, _) => OrganizationMember,
        (true, WorkspaceSharing.None) => ServiceAccountWhereNobodyShares,
        _ => OrganizationServiceAccount,
    };

    private static BuiltInRole With(BuiltInRole role, IEnumerable<Permission> organization, IEnumerable<Permission> member) =>
        new(role.Name, role.DisplayName, role.Lists with { Organization = [.. role.Lists.Organization, .. organization], Member = [.. role.Lists.Member, .. member] });
}
