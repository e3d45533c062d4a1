namespace Monolith.Entitlements.AiUsage;

/// <summary>
/// The workspaces that builds tell of. Builds may come in any order, and the end is the same: the one with the highest number says whose the workspace is,
/// what it is called and whether it is deleted; of two with the same number the first, unless the other deletes. Scoped.
/// </summary>
internal sealed class ReportedWorkspaces(Db<EntitlementsModule> db, ICaller caller)
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
        await db.ExecuteAsync(
            Upsert,
            new
            {
                ids = newest.ConvertAll(build => build.WorkspaceId).ToArray(),
                owners = newest.ConvertAll(build => build.OwnerId).ToArray(),
                organizations = newest.ConvertAll(build => build.OrganizationId).ToArray(),
                names = newest.ConvertAll(build => build.WorkspaceName).ToArray(),
                numbers = newest.ConvertAll(build => build.BuildNumber).ToArray(),
                deleted = newest.ConvertAll(build => build.IsDelete).ToArray(),
                anybodys = mine.Everything,
                all_in = mine.Organizations.ToArray(),
                caller = caller.UserId,
                own_in = mine.OwnedInOrganizations.ToArray(),
            },
            cancellationToken);
    }

    private const string Upsert =
        """
        insert into entitlements.workspaces as stored
            (id, owner_id, organization_id, name, latest_build_number, deleted)
        select one.id, one.owner_id, one.organization_id, one.name, one.build_number, one.deleted
        from unnest(@ids, @owners, @organizations, @names, @numbers, @deleted)
            as one (id, owner_id, organization_id, name, build_number, deleted)
        order by one.id
        on conflict (id) do update
        set
            owner_id = excluded.owner_id,
            organization_id = excluded.organization_id,
            name = excluded.name,
            latest_build_number = excluded.latest_build_number,
            deleted = excluded.deleted
        where (stored.latest_build_number, stored.deleted) < (excluded.latest_build_number, excluded.deleted)
            and (@anybodys
                or stored.organization_id = any(@all_in)
                or (stored.owner_id = @caller and stored.organization_id = any(@own_in)))
        """;
}
