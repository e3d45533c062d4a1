namespace Monolith.Entitlements.AiUsage;

/// <summary>Stores workspaces. In the transaction of the report.</summary>
internal interface IWorkspaceStore
{
    /// <summary>Brings each workspace up to its newest build, unless a newer one is known.</summary>
    /// <param name="builds">One a workspace.</param>
    /// <param name="reporter">Workspaces that the caller may report: of others nothing is changed.</param>
    /// <param name="callerId">The caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task UpsertAsync(IReadOnlyList<WorkspaceBuild> builds, VisibleRows reporter, Guid callerId, CancellationToken cancellationToken);
}

internal sealed class WorkspaceStore(Db<EntitlementsModule> db) : IWorkspaceStore
{
    public Task UpsertAsync(IReadOnlyList<WorkspaceBuild> builds, VisibleRows reporter, Guid callerId, CancellationToken cancellationToken) => db.ExecuteAsync(
        Upsert,
        new
        {
            ids = builds.Select(build => build.WorkspaceId).ToArray(),
            owners = builds.Select(build => build.OwnerId).ToArray(),
            organizations = builds.Select(build => build.OrganizationId).ToArray(),
            names = builds.Select(build => build.WorkspaceName).ToArray(),
            numbers = builds.Select(build => build.BuildNumber).ToArray(),
            deleted = builds.Select(build => build.IsDelete).ToArray(),
            anybodys = reporter.Everything,
            all_in = reporter.Organizations.ToArray(),
            caller = callerId,
            own_in = reporter.OwnedInOrganizations.ToArray(),
        },
        cancellationToken);

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
