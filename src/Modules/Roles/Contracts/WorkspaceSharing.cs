namespace Monolith.Roles.Contracts;

/// <summary>Who may share the workspaces that they own in an organization, by the names on the wire (roles specification 3.13, 3.14).</summary>
public static class WorkspaceSharing
{
    /// <summary>Everybody; what a new organization has.</summary>
    public const string Everyone = "everyone";

    /// <summary>Service accounts, and those who may share all workspaces.</summary>
    public const string ServiceAccounts = "service_accounts";

    /// <summary>Nobody but owners of the deployment.</summary>
    public const string None = "none";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [None, Everyone, ServiceAccounts];
}

/// <summary>The deployment's own switch, <c>Roles:DisableWorkspaceSharing</c>.</summary>
/// <param name="IsOff">Nobody shares a workspace by role, whatever an organization says.</param>
public sealed record WorkspaceSharingSwitch(bool IsOff);
