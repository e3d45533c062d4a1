using Monolith.BuildingBlocks.Data;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Whose a workspace is, and where.</summary>
internal readonly record struct WorkspaceOwner(Guid OwnerId, Guid OrganizationId);

/// <summary>The workspaces that builds tell of. Events may come late: the newest build names the workspace, and deleted stays deleted. Scoped.</summary>
internal sealed class ReportedWorkspaces(Db db)
{
    /// <summary>Stores what is new; answers the owner of each workspace as it stands now.</summary>
    public async Task<Dictionary<Guid, WorkspaceOwner>> StoreAsync(List<WorkspaceBuild> builds, CancellationToken cancellationToken)
    {
        if (builds.Count == 0)
            return [];

        // The first build of a workspace in a report says whose it is; of that owner's builds the newest says its name.
        var newest = builds.GroupBy(build => build.WorkspaceId)
            .Select(group => group.Where(build => build.OwnerId == group.First().OwnerId).MaxBy(build => build.BuildNumber)!)
            .ToList();
        await db.ExecuteAsync(
            Upsert,
            new
            {
                ids = newest.ConvertAll(build => build.WorkspaceId).ToArray(),
                owners = newest.ConvertAll(build => build.OwnerId).ToArray(),
                organizations = newest.ConvertAll(build => build.OrganizationId).ToArray(),
                names = newest.ConvertAll(build => build.WorkspaceName).ToArray(),
                numbers = newest.ConvertAll(build => build.BuildNumber).ToArray(),
            },
            cancellationToken);
        var rows = await db.QueryAsync<WorkspaceRow>(Select, new { ids = newest.ConvertAll(build => build.WorkspaceId).ToArray() }, cancellationToken);
        return rows.ToDictionary(row => row.Id, row => new WorkspaceOwner(row.OwnerId, row.OrganizationId));
    }

    public async Task MarkDeletedAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length > 0)
            await db.ExecuteAsync(Delete, new { ids }, cancellationToken);
    }

    private sealed record WorkspaceRow(Guid Id, Guid OwnerId, Guid OrganizationId);

    private const string Upsert =
        """
        insert into entitlements.workspaces as stored
            (id, owner_id, organization_id, name, latest_build_number)
        select one.id, one.owner_id, one.organization_id, one.name, one.build_number
        from unnest(@ids, @owners, @organizations, @names, @numbers)
            as one (id, owner_id, organization_id, name, build_number)
        order by one.id
        on conflict (id) do update
        set
            name = excluded.name,
            latest_build_number = excluded.latest_build_number
        where stored.owner_id = excluded.owner_id
            and stored.organization_id = excluded.organization_id
            and stored.latest_build_number < excluded.latest_build_number
        """;

    private const string Select =
        """
        select id, owner_id, organization_id
        from entitlements.workspaces
        where id = any(@ids)
        """;

    private const string Delete =
        """
        update entitlements.workspaces
        set deleted = true
        where id = any(@ids)
        """;
}
