using Monolith.Roles.Contracts;

namespace Monolith.Members.Organizations;

/// <summary>Who may share workspaces in an organization.</summary>
/// <param name="SharingGloballyDisabled">The deployment's own switch, which wins.</param>
/// <param name="SharingDisabled">Of older clients: true exactly when the owners are <c>none</c>.</param>
/// <param name="ShareableWorkspaceOwners"><c>none</c>, <c>everyone</c> or <c>service_accounts</c>.</param>
internal sealed record WorkspaceSharingSettings(bool SharingGloballyDisabled, bool SharingDisabled, [property: OneOf("ShareableWorkspaceOwners", "none", "everyone", "service_accounts")] string ShareableWorkspaceOwners)
{
    public static WorkspaceSharingSettings Of(string owners, WorkspaceSharingSwitch deployment) => new(deployment.IsOff, owners == WorkspaceSharing.None, owners);
}

/// <summary>Reads and writes how an organization shares workspaces.</summary>
internal interface IWorkspaceSharingStore
{
    Task<string> ReadAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>What was stored before; it is locked until the transaction ends. Null leaves it alone.</summary>
    Task<string> ReplaceAsync(Guid organizationId, string? owners, CancellationToken cancellationToken);
}

internal sealed class WorkspaceSharingStore(Db<MembersModule> db) : IWorkspaceSharingStore
{
    public async Task<string> ReadAsync(Guid organizationId, CancellationToken cancellationToken) =>
        (await db.ScalarAsync<string>(Select, new { id = organizationId }, cancellationToken))!;

    public async Task<string> ReplaceAsync(Guid organizationId, string? owners, CancellationToken cancellationToken)
    {
        var before = (await db.ScalarAsync<string>(Lock, new { id = organizationId }, cancellationToken))!;
        if (owners is not null && owners != before)
            await db.ExecuteAsync(Update, new { id = organizationId, owners }, cancellationToken);
        return before;
    }

    private const string Select = "select shareable_workspace_owners from members.organizations where id = @id";

    private const string Lock = $"{Select} for no key update";

    private const string Update = "update members.organizations set shareable_workspace_owners = @owners where id = @id";
}
