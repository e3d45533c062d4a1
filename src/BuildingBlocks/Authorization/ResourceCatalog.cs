using System.Collections.Frozen;
using static Monolith.BuildingBlocks.Authorization.PermissionAction;

namespace Monolith.BuildingBlocks.Authorization;

/// <summary>Which actions each resource type declares, and the wire names of both.</summary>
public static class ResourceCatalog
{
    private static readonly FrozenDictionary<ResourceType, PermissionAction[]> Declared = new Dictionary<ResourceType, PermissionAction[]>
    {
        [ResourceType.Any] = [],
        [ResourceType.AiGatewayKey] = [Create, Delete, Read, Update],
        [ResourceType.AiModelPrice] = [Read, Update],
        [ResourceType.AiProvider] = [Create, Delete, Read, Update],
        [ResourceType.AiSeat] = [Create, Read],
        [ResourceType.AibridgeInterception] = [Create, Read, Update],
        [ResourceType.ApiKey] = [Create, Delete, Read, Update],
        [ResourceType.AssignOrgRole] = [Assign, Create, Delete, Read, Unassign, Update],
        [ResourceType.AssignRole] = [Assign, Read, Unassign],
        [ResourceType.AuditLog] = [Create, Read],
        [ResourceType.BoundaryLog] = [Create, Delete, Read],
        [ResourceType.BoundaryUsage] = [Delete, Read, Update],
        [ResourceType.Chat] = [Create, Delete, Read, Share, Update],
        [ResourceType.ChatAutomation] = [Create, Delete, Read, Update],
        [ResourceType.ChatModelConfig] = [Create, Delete, Read, Share, Update],
        [ResourceType.ChatProject] = [Create, Delete, Read, Share, Update],
        [ResourceType.ConnectionLog] = [Read, Update],
        [ResourceType.CryptoKey] = [Create, Delete, Read, Update],
        [ResourceType.DebugInfo] = [Read],
        [ResourceType.DeploymentConfig] = [Read, Update],
        [ResourceType.DeploymentStats] = [Read],
        [ResourceType.File] = [Create, Read],
        [ResourceType.Group] = [Create, Delete, Read, Update],
        [ResourceType.GroupMember] = [Read],
        [ResourceType.IdpsyncSettings] = [Read, Update],
        [ResourceType.InboxNotification] = [Create, Read, Update],
        [ResourceType.License] = [Create, Delete, Read],
        [ResourceType.McpServerConfig] = [Create, Delete, Read, Share, Update],
        [ResourceType.NotificationMessage] = [Create, Delete, Read, Update],
        [ResourceType.NotificationPreference] = [Read, Update],
        [ResourceType.NotificationTemplate] = [Read, Update],
        [ResourceType.OAuth2App] = [Create, Delete, Read, Update],
        [ResourceType.OAuth2AppCodeToken] = [Create, Delete, Read],
        [ResourceType.OAuth2AppSecret] = [Create, Delete, Read, Update],
        [ResourceType.Organization] = [Create, Delete, Read, Update],
        [ResourceType.OrganizationMember] = [Create, Delete, Read, Update],
        [ResourceType.PrebuiltWorkspace] = [Delete, Update],
        [ResourceType.ProvisionerDaemon] = [Create, Delete, Read, Update],
        [ResourceType.ProvisionerJobs] = [Create, Read, Update],
        [ResourceType.Replicas] = [Read],
        [ResourceType.System] = [Create, Delete, Read, Update],
        [ResourceType.TailnetCoordinator] = [Create, Delete, Read, Update],
        [ResourceType.Task] = [Create, Delete, Read, Update],
        [ResourceType.Template] = [Create, Delete, Read, Update, Use, ViewInsights],
        [ResourceType.UsageEvent] = [Create, Read, Update],
        [ResourceType.User] = [Create, Delete, Read, ReadPersonal, Update, UpdatePersonal],
        [ResourceType.UserSecret] = [Create, Delete, Read, Update],
        [ResourceType.UserSkill] = [Create, Delete, Read, Update],
        [ResourceType.WebpushSubscription] = [Create, Delete, Read],
        [ResourceType.Workspace] = [ApplicationConnect, Create, CreateAgent, Delete, DeleteAgent, Read, Share, Ssh, Start, Stop, Update, UpdateAgent],
        [ResourceType.WorkspaceAgentDevcontainers] = [Create],
        [ResourceType.WorkspaceAgentResourceMonitor] = [Create, Read, Update],
        [ResourceType.WorkspaceBuildOrchestration] = [Create, Delete, Read, Update],
        [ResourceType.WorkspaceDormant] = [ApplicationConnect, Create, CreateAgent, Delete, DeleteAgent, Read, Share, Ssh, Start, Stop, Update, UpdateAgent],
        [ResourceType.WorkspaceProxy] = [Create, Delete, Read, Update],
    }.ToFrozenDictionary();

    private static readonly string[] TypeNames = [.. Enum.GetNames<ResourceType>().Select(WireName)];
    private static readonly string[] ActionNames = [.. Enum.GetNames<PermissionAction>().Select(WireName)];
    private static readonly FrozenDictionary<string, ResourceType> TypesByName =
        Enum.GetValues<ResourceType>().ToFrozenDictionary(type => TypeNames[(int)type], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PermissionAction> ActionsByName =
        Enum.GetValues<PermissionAction>().ToFrozenDictionary(action => ActionNames[(int)action], StringComparer.Ordinal);

    /// <summary>Every resource type but the wildcard, in alphabetical order of the wire name.</summary>
    public static IReadOnlyList<ResourceType> Types { get; } =
        [.. Enum.GetValues<ResourceType>().Where(type => type != ResourceType.Any).OrderBy(WireName, StringComparer.Ordinal)];

    /// <summary>The actions that <paramref name="type"/> declares, in alphabetical order; empty for the wildcard.</summary>
    public static IReadOnlyList<PermissionAction> ActionsOf(ResourceType type) => Declared[type];

    /// <summary>True when a question about this pair makes sense: both are concrete and the type declares the action.</summary>
    public static bool Declares(ResourceType type, PermissionAction action) =>
        Declared.TryGetValue(type, out var actions) && Array.IndexOf(actions, action) >= 0;

    /// <summary>The snake_case name, <c>*</c> for the wildcard.</summary>
    public static string WireName(this ResourceType type) => TypeNames[(int)type];

    /// <summary>The snake_case name, <c>*</c> for the wildcard.</summary>
    public static string WireName(this PermissionAction action) => ActionNames[(int)action];

    /// <summary>Reads a wire name; false for a name that is not known.</summary>
    public static bool TryParse(string? name, out ResourceType type)
    {
        type = ResourceType.Any;
        return name is not null && TypesByName.TryGetValue(name, out type);
    }

    /// <inheritdoc cref="TryParse(string?, out ResourceType)" />
    public static bool TryParse(string? name, out PermissionAction action)
    {
        action = Any;
        return name is not null && ActionsByName.TryGetValue(name, out action);
    }

    private static string WireName(string name)
    {
        if (name == nameof(Any))
            return "*";

        // "OAuth2" is one word on the wire.
        var words = name.Replace("OAuth2", "Oauth2", StringComparison.Ordinal);
        return string.Concat(words.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
