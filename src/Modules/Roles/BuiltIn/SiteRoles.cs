using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>Roles specification 3.2 to 3.6; <c>task</c> from contract section 6.</summary>
internal static class SiteRoles
{
    public static BuiltInRole Owner { get; } = new(RoleName.Owner, "Owner", new PermissionLists
    {
        Site =
        [
            .. Every(
                T.AiModelPrice, T.AiProvider, T.AibridgeInterception, T.ApiKey, T.AssignOrgRole, T.AssignRole, T.AuditLog, T.Chat,
                T.ChatModelConfig, T.ChatProject, T.ConnectionLog, T.CryptoKey, T.DebugInfo, T.DeploymentConfig, T.DeploymentStats,
                T.File, T.Group, T.GroupMember, T.IdpsyncSettings, T.InboxNotification, T.License, T.McpServerConfig,
                T.NotificationMessage, T.NotificationPreference, T.NotificationTemplate, T.OAuth2App, T.OAuth2AppCodeToken,
                T.OAuth2AppSecret, T.Organization, T.OrganizationMember, T.ProvisionerDaemon, T.ProvisionerJobs, T.Replicas, T.System,
                T.TailnetCoordinator, T.Task, T.Template, T.User, T.WebpushSubscription, T.WorkspaceAgentDevcontainers,
                T.WorkspaceAgentResourceMonitor, T.WorkspaceBuildOrchestration, T.WorkspaceProxy),
            .. Allow(T.AiGatewayKey, A.Create, A.Delete, A.Read),
            .. Read(T.BoundaryLog),
            .. AllOf(T.PrebuiltWorkspace),
            .. Allow(T.UserSkill, A.Delete, A.Read),
            .. AllOf(T.Workspace),
            .. AllBut(T.WorkspaceDormant, A.ApplicationConnect, A.Share, A.Ssh, A.Start),
        ],
    });

    public static BuiltInRole Member { get; } = new(RoleName.Member, "Member", new PermissionLists
    {
        Site = [.. Read(T.AssignRole, T.OAuth2App, T.WorkspaceProxy)],
        User =
        [
            .. Every(
                T.AiGatewayKey, T.AiModelPrice, T.AiProvider, T.ApiKey, T.AssignOrgRole, T.AssignRole, T.AuditLog, T.ChatModelConfig,
                T.ChatProject, T.ConnectionLog, T.CryptoKey, T.DebugInfo, T.DeploymentConfig, T.DeploymentStats, T.File, T.Group,
                T.GroupMember, T.IdpsyncSettings, T.InboxNotification, T.License, T.McpServerConfig, T.NotificationMessage,
                T.NotificationPreference, T.NotificationTemplate, T.OAuth2App, T.OAuth2AppCodeToken, T.OAuth2AppSecret, T.Organization,
                T.ProvisionerDaemon, T.ProvisionerJobs, T.Replicas, T.System, T.TailnetCoordinator, T.Template, T.UsageEvent,
                T.UserSecret, T.UserSkill, T.WebpushSubscription, T.WorkspaceAgentDevcontainers, T.WorkspaceAgentResourceMonitor,
                T.WorkspaceBuildOrchestration, T.WorkspaceProxy),
            .. Allow(T.AibridgeInterception, A.Create, A.Update),
            .. Allow(T.BoundaryLog, A.Create),
            .. Allow(T.ProvisionerDaemon, A.Create, A.Read, A.Update),
            .. Allow(T.User, A.Read, A.ReadPersonal, A.UpdatePersonal),
        ],
    });

    public static BuiltInRole Auditor { get; } = new(RoleName.Auditor, "Auditor", new PermissionLists
    {
        Site =
        [
            .. Read(
                T.AibridgeInterception, T.AssignOrgRole, T.AuditLog, T.BoundaryLog, T.ChatModelConfig, T.ConnectionLog,
                T.DeploymentConfig, T.DeploymentStats, T.Group, T.GroupMember, T.Organization, T.OrganizationMember, T.User),
            .. Allow(T.Template, A.Read, A.ViewInsights),
        ],
    });

    public static BuiltInRole TemplateAdmin { get; } = new(RoleName.TemplateAdmin, "Template Admin", new PermissionLists
    {
        Site =
        [
            .. Read(T.AssignOrgRole, T.Group, T.GroupMember, T.Organization, T.OrganizationMember, T.User, T.Workspace, T.WorkspaceDormant),
            .. AllOf(T.File),
            .. AllOf(T.PrebuiltWorkspace),
            .. AllOf(T.ProvisionerDaemon),
            .. AllOf(T.Template),
        ],
    });

    public static BuiltInRole UserAdmin { get; } = new(RoleName.UserAdmin, "User Admin", new PermissionLists
    {
        Site =
        [
            .. Allow(T.AssignOrgRole, A.Assign, A.Read, A.Unassign),
            .. AllOf(T.AssignRole),
            .. AllOf(T.Group),
            .. Read(T.GroupMember, T.Organization),
            .. AllOf(T.IdpsyncSettings),
            .. AllOf(T.OrganizationMember),
            .. AllOf(T.User),
        ],
    });
}
