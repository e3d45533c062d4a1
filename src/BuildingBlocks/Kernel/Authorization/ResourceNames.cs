namespace Monolith.Kernel.Authorization;

/// <content>
/// The names of the compatible system, which the tables of built-in roles and more than one module speak of. What may be done to each is declared by its
/// module. A new type is not listed here: its module keeps the constant of its name.
/// </content>
public readonly partial record struct ResourceType
{
    /// <summary>On the wire <c>ai_gateway_key</c>.</summary>
    public const string AiGatewayKey = "ai_gateway_key";
    /// <summary>On the wire <c>ai_model_price</c>.</summary>
    public const string AiModelPrice = "ai_model_price";
    /// <summary>On the wire <c>ai_provider</c>.</summary>
    public const string AiProvider = "ai_provider";
    /// <summary>On the wire <c>ai_seat</c>.</summary>
    public const string AiSeat = "ai_seat";
    /// <summary>On the wire <c>aibridge_interception</c>.</summary>
    public const string AibridgeInterception = "aibridge_interception";
    /// <summary>On the wire <c>api_key</c>.</summary>
    public const string ApiKey = "api_key";
    /// <summary>On the wire <c>assign_org_role</c>.</summary>
    public const string AssignOrgRole = "assign_org_role";
    /// <summary>On the wire <c>assign_role</c>.</summary>
    public const string AssignRole = "assign_role";
    /// <summary>On the wire <c>audit_log</c>.</summary>
    public const string AuditLog = "audit_log";
    /// <summary>On the wire <c>boundary_log</c>.</summary>
    public const string BoundaryLog = "boundary_log";
    /// <summary>On the wire <c>boundary_usage</c>.</summary>
    public const string BoundaryUsage = "boundary_usage";
    /// <summary>On the wire <c>chat</c>.</summary>
    public const string Chat = "chat";
    /// <summary>On the wire <c>chat_automation</c>.</summary>
    public const string ChatAutomation = "chat_automation";
    /// <summary>On the wire <c>chat_model_config</c>.</summary>
    public const string ChatModelConfig = "chat_model_config";
    /// <summary>On the wire <c>chat_project</c>.</summary>
    public const string ChatProject = "chat_project";
    /// <summary>On the wire <c>connection_log</c>.</summary>
    public const string ConnectionLog = "connection_log";
    /// <summary>On the wire <c>crypto_key</c>.</summary>
    public const string CryptoKey = "crypto_key";
    /// <summary>On the wire <c>debug_info</c>.</summary>
    public const string DebugInfo = "debug_info";
    /// <summary>On the wire <c>deployment_config</c>.</summary>
    public const string DeploymentConfig = "deployment_config";
    /// <summary>On the wire <c>deployment_stats</c>.</summary>
    public const string DeploymentStats = "deployment_stats";
    /// <summary>On the wire <c>file</c>.</summary>
    public const string File = "file";
    /// <summary>On the wire <c>group</c>.</summary>
    public const string Group = "group";
    /// <summary>On the wire <c>group_member</c>.</summary>
    public const string GroupMember = "group_member";
    /// <summary>On the wire <c>idpsync_settings</c>.</summary>
    public const string IdpsyncSettings = "idpsync_settings";
    /// <summary>On the wire <c>inbox_notification</c>.</summary>
    public const string InboxNotification = "inbox_notification";
    /// <summary>On the wire <c>license</c>.</summary>
    public const string License = "license";
    /// <summary>On the wire <c>mcp_server_config</c>.</summary>
    public const string McpServerConfig = "mcp_server_config";
    /// <summary>On the wire <c>notification_message</c>.</summary>
    public const string NotificationMessage = "notification_message";
    /// <summary>On the wire <c>notification_preference</c>.</summary>
    public const string NotificationPreference = "notification_preference";
    /// <summary>On the wire <c>notification_template</c>.</summary>
    public const string NotificationTemplate = "notification_template";
    /// <summary>On the wire <c>oauth2_app</c>.</summary>
    public const string OAuth2App = "oauth2_app";
    /// <summary>On the wire <c>oauth2_app_code_token</c>.</summary>
    public const string OAuth2AppCodeToken = "oauth2_app_code_token";
    /// <summary>On the wire <c>oauth2_app_secret</c>.</summary>
    public const string OAuth2AppSecret = "oauth2_app_secret";
    /// <summary>On the wire <c>organization</c>.</summary>
    public const string Organization = "organization";
    /// <summary>On the wire <c>organization_member</c>.</summary>
    public const string OrganizationMember = "organization_member";
    /// <summary>On the wire <c>prebuilt_workspace</c>.</summary>
    public const string PrebuiltWorkspace = "prebuilt_workspace";
    /// <summary>On the wire <c>provisioner_daemon</c>.</summary>
    public const string ProvisionerDaemon = "provisioner_daemon";
    /// <summary>On the wire <c>provisioner_jobs</c>.</summary>
    public const string ProvisionerJobs = "provisioner_jobs";
    /// <summary>On the wire <c>replicas</c>.</summary>
    public const string Replicas = "replicas";
    /// <summary>On the wire <c>system</c>.</summary>
    public const string System = "system";
    /// <summary>On the wire <c>tailnet_coordinator</c>.</summary>
    public const string TailnetCoordinator = "tailnet_coordinator";
    /// <summary>On the wire <c>task</c>.</summary>
    public const string Task = "task";
    /// <summary>On the wire <c>template</c>.</summary>
    public const string Template = "template";
    /// <summary>On the wire <c>usage_event</c>.</summary>
    public const string UsageEvent = "usage_event";
    /// <summary>On the wire <c>user</c>.</summary>
    public const string User = "user";
    /// <summary>On the wire <c>user_secret</c>.</summary>
    public const string UserSecret = "user_secret";
    /// <summary>On the wire <c>user_skill</c>.</summary>
    public const string UserSkill = "user_skill";
    /// <summary>On the wire <c>webpush_subscription</c>.</summary>
    public const string WebpushSubscription = "webpush_subscription";
    /// <summary>On the wire <c>workspace</c>.</summary>
    public const string Workspace = "workspace";
    /// <summary>On the wire <c>workspace_agent_devcontainers</c>.</summary>
    public const string WorkspaceAgentDevcontainers = "workspace_agent_devcontainers";
    /// <summary>On the wire <c>workspace_agent_resource_monitor</c>.</summary>
    public const string WorkspaceAgentResourceMonitor = "workspace_agent_resource_monitor";
    /// <summary>On the wire <c>workspace_build_orchestration</c>.</summary>
    public const string WorkspaceBuildOrchestration = "workspace_build_orchestration";
    /// <summary>On the wire <c>workspace_dormant</c>.</summary>
    public const string WorkspaceDormant = "workspace_dormant";
    /// <summary>On the wire <c>workspace_proxy</c>.</summary>
    public const string WorkspaceProxy = "workspace_proxy";
}
