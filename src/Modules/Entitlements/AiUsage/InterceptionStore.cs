namespace Monolith.Entitlements.AiUsage;

/// <summary>Stores interceptions. In the transaction of the report.</summary>
internal interface IInterceptionStore
{
    /// <summary>Those of the ids that are stored.</summary>
    Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken);

    /// <summary>The ids of those that were new; another report may store the same ones at this moment.</summary>
    Task<IReadOnlySet<Guid>> InsertAsync(IReadOnlyList<Interception> events, CancellationToken cancellationToken);

    /// <summary>Ends stored ones that still run.</summary>
    /// <param name="ended">With their ends.</param>
    /// <param name="anybodys">Whoever they are of.</param>
    /// <param name="initiator">Those of this user; null for nobody's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task EndAsync(IReadOnlyList<Interception> ended, bool anybodys, Guid? initiator, CancellationToken cancellationToken);
}

internal sealed class InterceptionStore(Db<EntitlementsModule> db, TimeProvider clock) : IInterceptionStore
{
    public async Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.QueryAsync<Guid>(Known, new { ids }, cancellationToken)).ToHashSet();

    public async Task<IReadOnlySet<Guid>> InsertAsync(IReadOnlyList<Interception> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return new HashSet<Guid>();
        return (await db.QueryAsync<Guid>(
            Insert,
            new
            {
                now = clock.GetUtcNow(),
                ids = events.Select(one => one.Id).ToArray(),
                initiators = events.Select(one => one.InitiatorId).ToArray(),
                providers = events.Select(one => one.Provider).ToArray(),
                models = events.Select(one => one.Model).ToArray(),
                clients = events.Select(one => one.Client).ToArray(),
                starts = events.Select(one => one.StartedAt).ToArray(),
                ends = events.Select(one => one.EndedAt).ToArray(),
                metadata = events.Select(one => one.Metadata).ToArray(),
            },
            cancellationToken)).ToHashSet();
    }

    public Task EndAsync(IReadOnlyList<Interception> ended, bool anybodys, Guid? initiator, CancellationToken cancellationToken) => db.ExecuteAsync(
        End,
        new
        {
            ids = ended.Select(one => one.Id).ToArray(),
            anybodys,
            initiator,
            ends = ended.Select(one => one.EndedAt!.Value).ToArray(),
        },
        cancellationToken);

    private const string Known =
        """
        select id
        from entitlements.interceptions
        where id = any(@ids)
        """;

    private const string Insert =
        """
        insert into entitlements.interceptions
            (id, initiator_id, provider, model, client, started_at, ended_at, metadata, reported_at)
        select one.id, one.initiator_id, one.provider, one.model, one.client, one.started_at, one.ended_at, one.metadata::json, @now
        from unnest(@ids, @initiators, @providers, @models, @clients, @starts, @ends, @metadata)
            as one (id, initiator_id, provider, model, client, started_at, ended_at, metadata)
        order by one.id
        on conflict (id) do nothing
        returning id
        """;

    // An id alone must not let one member end another's interception, and what else the event says is not looked at:
    // whose it is stands in the row.
    // The rows are locked in the order of their ids, as the insert locks them, so that two reports never wait for each other in a circle.
    private const string End =
        """
        with running as materialized (
            select stored.id, one.ended_at
            from unnest(@ids, @ends) as one (id, ended_at)
            join entitlements.interceptions stored on stored.id = one.id
            where (@anybodys or stored.initiator_id = @initiator)
                and stored.ended_at is null
                and stored.started_at <= one.ended_at
            order by stored.id
            for no key update of stored
        )
        update entitlements.interceptions stored
        set ended_at = running.ended_at
        from running
        where stored.id = running.id
        """;
}
