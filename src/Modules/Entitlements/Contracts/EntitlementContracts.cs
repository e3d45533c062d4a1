namespace Monolith.Entitlements.Contracts;

/// <summary>Wire names of the features that code asks about.</summary>
public static class FeatureNames
{
    /// <summary>AI seats; its limit is the number of seats.</summary>
    public const string AiGovernanceUserLimit = "ai_governance_user_limit";

    /// <summary>AI Bridge.</summary>
    public const string AiBridge = "aibridge";

    /// <summary>Reading the audit log.</summary>
    public const string AuditLog = "audit_log";

    /// <summary>Custom organization roles.</summary>
    public const string CustomRoles = "custom_roles";

    /// <summary>Workspaces that agents build; its limit is their number in a period.</summary>
    public const string ManagedAgentLimit = "managed_agent_limit";

    /// <summary>More than the default organization.</summary>
    public const string MultipleOrganizations = "multiple_organizations";

    /// <summary>Accounts of programs.</summary>
    public const string ServiceAccounts = "service_accounts";

    /// <summary>Site roles are given by hand.</summary>
    public const string UserRoleManagement = "user_role_management";

    /// <summary>Active users; its limit is the number of users.</summary>
    public const string UserLimit = "user_limit";
}

/// <summary>What the deployment's licences allow, from the snapshot in memory. Never touches the database.</summary>
public interface IEntitlements
{
    /// <summary>True when the feature is enabled: entitled or in its grace period. Does not look at the limit (contract section 3).</summary>
    bool IsUsable(string feature);
}

/// <summary>Who consumes an AI seat (contract section 4). Runs as the system: authorize the list first.</summary>
public interface IAiSeats
{
    /// <summary>Those of <paramref name="userIds"/> who are holders: evidence of AI use, active, not deleted, not a system user. One query; none for an empty list.</summary>
    Task<IReadOnlySet<Guid>> HoldersAmongAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}
