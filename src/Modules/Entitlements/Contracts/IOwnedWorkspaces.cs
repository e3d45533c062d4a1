namespace Monolith.Entitlements.Contracts;

/// <summary>The reported workspaces of one owner, for the module that deletes users.</summary>
public interface IOwnedWorkspaces
{
    /// <summary>Marks all workspaces of the user as deleted, in the transaction of the command. Answers how many there were. Runs as the system: authorize before.</summary>
    Task<int> DeleteOfAsync(Guid ownerId, CancellationToken cancellationToken);
}
