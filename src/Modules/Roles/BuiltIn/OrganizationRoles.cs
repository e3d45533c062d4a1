using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>Roles specification 3.7 to 3.12; <c>task</c> from contract section 6.</summary>
internal static class OrganizationRoles
{
    public static BuiltInRole Admin { get; } = new(RoleName.OrganizationAdmin, "Organization Admin", new PermissionLists
    {
        Site = [.. Read(T.User)],
        Organization =
        [
            .. Every(
                T.AiGatewayKey, T.AiModelPrice, T.AiProvider, T.AibridgeInterception, T.ApiKey, T.AssignOrgRole, T.AuditLog, T.Chat,
                T.ChatModelConfig, T.ChatProject, T.ConnectionLog, T.CryptoKey, T.DebugInfo, T.DeploymentConfig, T.DeploymentStats,
                T.File, T.Group, T.GroupMember, T.IdpsyncSettings, T.InboxNotification, T.License, T.McpServerConfig,
                T.NotificationMessage, T.NotificationPreference, T.NotificationTemplate, T.OAuth2App, T.OAuth2AppCodeToken,
                T.OAuth2AppSecret, T.Organization, T.OrganizationMember, T.ProvisionerDaemon, T.ProvisionerJobs, T.Replicas, T.System,
                T.TailnetCoordinator, T.Task, T.Template, T.UsageEvent, T.User, T.UserSkill, T.WebpushSubscription,
                T.WorkspaceAgentDevcontainers, T.WorkspaceAgentResourceMonitor, T.WorkspaceProxy),
            .. AllOf(T.PrebuiltWorkspace),
            .. AllBut(T.Workspace, A.ApplicationConnect, A.Ssh),
            .. AllBut(T.WorkspaceDormant, A.ApplicationConnect, A.Share, A.Ssh, A.Start),
        ],
    });

    public static BuiltInRole Auditor { get; } = new(RoleName.OrganizationAuditor, "Organization Auditor", new PermissionLists
    {
        Organization =
        [
            .. Read(T.AuditLog, T.ChatModelConfig, T.ConnectionLog, T.Group, T.GroupMember, T.Organization, T.OrganizationMember),
            .. Allow(T.Template, A.Read, A.ViewInsights),
        ],
    });

    public static BuiltInRole UserAdmin { get; } = new(RoleName.OrganizationUserAdmin, "Organization User Admin", new PermissionLists
    {
        Site = [.. Read(T.User)],
        Organization =
        [
            .. Allow(T.AssignOrgRole, A.Assign, A.Read, A.Unassign),
            .. AllOf(T.Group),
            .. Read(T.GroupMember, T.Organization),
            .. AllOf(T.IdpsyncSettings),
            .. AllOf(T.OrganizationMember),
        ],
    });

    public static BuiltInRole TemplateAdmin { get; } = new(RoleName.OrganizationTemplateAdmin, "Organization Template Admin", new PermissionLists
    {
        Organization =
        [
            .. AllOf(T.File),
            .. Read(T.Group, T.GroupMember, T.Organization, T.OrganizationMember, T.Workspace, T.WorkspaceDormant),
            .. AllOf(T.PrebuiltWorkspace),
            .. AllOf(T.ProvisionerDaemon),
            .. AllOf(T.ProvisionerJobs),
            .. AllOf(T.Template),
        ],
    });

    public static BuiltInRole WorkspaceCreationBan { get; } = new(
        RoleName.OrganizationWorkspaceCreationBan,
        "Organization Workspace Creation Ban",
        new PermissionLists { Organization = [.. Deny(T.Workspace, A.Create, A.CreateAgent, A.Delete, A.DeleteAgent)] });

    public static BuiltInRole WorkspaceAccess { get; } = new(RoleName.OrganizationWorkspaceAccess, "Organization Workspace Access", new PermissionLists
    {
        Member =
        [
            .. AllOf(T.File),
            .. Allow(T.ProvisionerDaemon, A.Create, A.Read),
            .. AllOf(T.Task),
            .. AllOf(T.Workspace),
            .. AllBut(T.WorkspaceDormant, A.ApplicationConnect, A.Share, A.Ssh, A.Start),
        ],
    });
}
