namespace Monolith.Entitlements.Contracts;

/// <summary>The reported workspaces of one owner, for the module that deletes users.</summary>
public interface IOwnedWorkspaces
{
    /// <summary>True when the user owns a workspace that is not deleted. Runs as the system: authorize before.</summary>
    Task<bool> AnyOfAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Marks all workspaces of the user as deleted, in the transaction of the command. Answers how many there were. Runs as the system: authorize before.</summary>
    Task<int> DeleteOfAsync(Guid ownerId, CancellationToken cancellationToken);
}
