using static Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>
/// Resource types of the compatible system that no module of ours has a use for yet: roles and clients name them, so they are declared here
/// (roles specification 2; <c>task</c> from contract section 2). A module that takes one over declares it itself and takes its line away.
/// </summary>
internal static class CompatibleResources
{
    public static IReadOnlyList<ResourceDeclaration> All { get; } =
    [
        new(T.AiGatewayKey, "AI gateway keys", Create, Delete, Read, Update),
        new(T.AiModelPrice, "AI model prices", Read, Update),
        new(T.AiProvider, "AI providers", Create, Delete, Read, Update),
        new(T.BoundaryLog, "Boundary log", Create, Delete, Read),
        new(T.BoundaryUsage, "Boundary usage", Delete, Read, Update),
        new(T.Chat, "Chats", Create, Delete, Read, Share, Update),
        new(T.ChatAutomation, "Chat automations", Create, Delete, Read, Update),
        new(T.ChatModelConfig, "Chat model settings", Create, Delete, Read, Share, Update),
        new(T.ChatProject, "Chat projects", Create, Delete, Read, Share, Update),
        new(T.ConnectionLog, "Connection log", Read, Update),
        new(T.CryptoKey, "Cryptographic keys", Create, Delete, Read, Update),
        new(T.DebugInfo, "Debug information", Read),
        new(T.DeploymentConfig, "Deployment settings", Read, Update),
        new(T.DeploymentStats, "Deployment statistics", Read),
        new(T.File, "Files", Create, Read),
        new(T.IdpsyncSettings, "Identity provider sync", Read, Update),
        new(T.InboxNotification, "Inbox notifications", Create, Read, Update),
        new(T.McpServerConfig, "MCP server settings", Create, Delete, Read, Share, Update),
        new(T.NotificationMessage, "Notification messages", Create, Delete, Read, Update),
        new(T.NotificationPreference, "Notification preferences", Read, Update),
        new(T.OAuth2App, "OAuth2 apps", Create, Delete, Read, Update),
        new(T.OAuth2AppCodeToken, "OAuth2 app codes and tokens", Create, Delete, Read),
        new(T.OAuth2AppSecret, "OAuth2 app secrets", Create, Delete, Read, Update),
        new(T.PrebuiltWorkspace, "Prebuilt workspaces", Delete, Update),
        new(T.ProvisionerDaemon, "Provisioner daemons", Create, Delete, Read, Update),
        new(T.ProvisionerJobs, "Provisioner jobs", Create, Read, Update),
        new(T.Replicas, "Replicas", Read),
        new(T.System, "System", Create, Delete, Read, Update),
        new(T.TailnetCoordinator, "Tailnet coordinators", Create, Delete, Read, Update),
        new(T.Task, "Tasks", Create, Delete, Read, Update),
        new(T.Template, "Templates", Create, Delete, Read, Update, Use, ViewInsights),
        new(T.UsageEvent, "Usage events", Create, Read, Update),
        new(T.UserSecret, "User secrets", Create, Delete, Read, Update),
        new(T.UserSkill, "User skills", Create, Delete, Read, Update),
        new(T.WebpushSubscription, "Web push subscriptions", Create, Delete, Read),
        new(T.WorkspaceAgentDevcontainers, "Dev containers of workspace agents", Create),
        new(T.WorkspaceAgentResourceMonitor, "Resource monitors of workspace agents", Create, Read, Update),
        new(T.WorkspaceBuildOrchestration, "Workspace build orchestration", Create, Delete, Read, Update),
        new(T.WorkspaceDormant, "Dormant workspaces", ApplicationConnect, Create, CreateAgent, Delete, DeleteAgent, Read, Share, Ssh, Start, Stop, Update, UpdateAgent),
        new(T.WorkspaceProxy, "Workspace proxies", Create, Delete, Read, Update),
    ];
}
