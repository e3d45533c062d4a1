namespace Monolith.Entitlements.AiUsage;

/// <summary>
/// The workspaces that builds tell of. Builds may come in any order, and the end is the same: the one with the highest number says whose the workspace is,
/// what it is called and whether it is deleted; of two with the same number the first, unless the other deletes. Scoped.
/// </summary>
internal sealed class ReportedWorkspaces(IWorkspaceStore store, ICaller caller)
{
    /// <summary>Brings the workspaces up to builds that were just stored. Nobody takes a workspace from an owner whom they may not report for.</summary>
    public async Task StoreAsync(IReadOnlyList<WorkspaceBuild> builds, CancellationToken cancellationToken)
    {
        if (builds.Count == 0)
            return;
        var newest = builds.GroupBy(build => build.WorkspaceId)
            .Select(group => group.MaxBy(build => (build.BuildNumber, build.IsDelete))!)
            .ToList();
        var mine = caller.Subject.Visible(PermissionAction.Create, ResourceType.Workspace);
        await store.UpsertAsync(newest, mine, caller.UserId, cancellationToken);
    }
}
