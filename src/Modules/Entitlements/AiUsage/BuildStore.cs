namespace Monolith.Entitlements.AiUsage;

/// <summary>Stores builds. In the transaction of the report.</summary>
internal interface IBuildStore
{
    /// <summary>Those of the ids that are stored.</summary>
    Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken);

    /// <summary>The ids of those that were new; another report may store the same ones at this moment.</summary>
    Task<IReadOnlySet<Guid>> InsertAsync(IReadOnlyList<WorkspaceBuild> builds, CancellationToken cancellationToken);
}

internal sealed class BuildStore(Db<EntitlementsModule> db, TimeProvider clock) : IBuildStore
{
    public async Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.QueryAsync<Guid>(Known, new { ids }, cancellationToken)).ToHashSet();

    public async Task<IReadOnlySet<Guid>> InsertAsync(IReadOnlyList<WorkspaceBuild> builds, CancellationToken cancellationToken) => builds.Count == 0
        ? new HashSet<Guid>()
        : (await db.QueryAsync<Guid>(
            Insert,
            new
            {
                now = clock.GetUtcNow(),
                ids = builds.Select(build => build.Id).ToArray(),
                owners = builds.Select(build => build.OwnerId).ToArray(),
                workspaces = builds.Select(build => build.WorkspaceId).ToArray(),
                numbers = builds.Select(build => build.BuildNumber).ToArray(),
                transitions = builds.Select(build => build.Transition).ToArray(),
                tasks = builds.Select(build => build.HasAiTask).ToArray(),
                times = builds.Select(build => build.CreatedAt).ToArray(),
            },
            cancellationToken)).ToHashSet();

    private const string Known =
        """
        select id
        from entitlements.workspace_builds
        where id = any(@ids)
        """;

    private const string Insert =
        """
        insert into entitlements.workspace_builds
            (id, owner_id, workspace_id, build_number, transition, has_ai_task, created_at, reported_at)
        select build.id, build.owner_id, build.workspace_id, build.build_number, build.transition, build.has_ai_task, build.created_at, @now
        from unnest(@ids, @owners, @workspaces, @numbers, @transitions, @tasks, @times)
            as build (id, owner_id, workspace_id, build_number, transition, has_ai_task, created_at)
        order by build.id
        on conflict (id) do nothing
        returning id
        """;
}
