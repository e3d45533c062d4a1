namespace Monolith.Audit.Sealing;

/// <summary>Reads the chain to verify it. A test of the verifier replaces it.</summary>
internal interface IChainReader
{
    /// <summary>From the first to the last, removed ones included.</summary>
    Task<IReadOnlyList<Segment>> SegmentsAsync(CancellationToken cancellationToken);

    /// <summary>Whether the rows of a segment were removed by now.</summary>
    Task<bool> IsRemovedAsync(long number, CancellationToken cancellationToken);

    /// <summary>Seals behind one position up to another one, with their rows, in order.</summary>
    Task<IReadOnlyList<SealedRow>> RowsAsync(long after, long last, CancellationToken cancellationToken);

    /// <summary>A row that is neither sealed nor waits for it, the oldest one; null when there is none.</summary>
    Task<StrayRow?> StrayAsync(CancellationToken cancellationToken);

    /// <summary>A row that waits to be sealed and is gone; null when there is none.</summary>
    Task<Guid?> LostAsync(CancellationToken cancellationToken);

    /// <summary>An erasure that the log does not tell as it was kept; null when there is none.</summary>
    Task<Guid?> ForgedErasureAsync(CancellationToken cancellationToken);

    /// <summary>How many rows wait to be sealed.</summary>
    Task<long> UnsealedAsync(CancellationToken cancellationToken);
}

/// <summary>A row without a place in the chain.</summary>
internal sealed record StrayRow(Guid Id, DateTimeOffset At);

internal sealed class ChainReader(Db<AuditModule> db) : IChainReader
{
    private const int Batch = 5_000;

    public Task<IReadOnlyList<Segment>> SegmentsAsync(CancellationToken cancellationToken) => db.QueryAsync<Segment>(SqlSegments, null, cancellationToken);

    public Task<bool> IsRemovedAsync(long number, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>("select removed_at is not null from audit.segments where number = @number", new { number }, cancellationToken);

    public Task<IReadOnlyList<SealedRow>> RowsAsync(long after, long last, CancellationToken cancellationToken) =>
        db.QueryAsync<SealedRow>(SqlRows, new { after, last, Batch }, cancellationToken);

    public Task<StrayRow?> StrayAsync(CancellationToken cancellationToken) => db.SingleOrDefaultAsync<StrayRow>(SqlStray, null, cancellationToken);

    public Task<Guid?> LostAsync(CancellationToken cancellationToken) => db.ScalarAsync<Guid?>(SqlLost, null, cancellationToken);

    public Task<Guid?> ForgedErasureAsync(CancellationToken cancellationToken) => db.ScalarAsync<Guid?>(SqlForgedErasure, null, cancellationToken);

    public Task<long> UnsealedAsync(CancellationToken cancellationToken) =>
        db.ScalarAsync<long>("select count(*) from contracts.unsealed_audit_logs", null, cancellationToken);

    private const string SqlSegments =
        """
        select number, first_position, last_position, last_at, last_hash, removed_at
        from audit.segments
        order by number
        """;

    private const string SqlRows =
        $"""
        select
            s.position, s.row_id, s.hash, {SealedRow.Columns},
            (select e.hash from audit.erased_rows e where e.row_id = s.row_id order by e.erasure desc limit 1) as erased_hash
        from (
            select position, row_id, hash
            from audit.seals
            where position > @after
              and position <= @last
            order by position
            limit @Batch) s
        left join contracts.audit_logs l on l.id = s.row_id
        order by s.position
        """;

    private const string SqlStray =
        """
        select l.id, l.at
        from contracts.audit_logs l
        where not exists (select from audit.seals s where s.row_id = l.id)
          and not exists (select from contracts.unsealed_audit_logs u where u.id = l.id)
        order by l.at, l.id
        limit 1
        """;

    // ErasureDigest says the same.
    private const string SqlForgedErasure =
        """
        select e.erasure
        from (
            select erasure, encode(sha256(string_agg(row_id::text || encode(hash, 'hex'), '' order by row_id::text collate "C")::bytea), 'hex') as digest
            from audit.erased_rows
            group by erasure) e
        left join contracts.audit_logs l on l.id = e.erasure and l.resource_type = 'audit_log'
        where l.after ->> 'digest' is distinct from e.digest
        order by e.erasure
        limit 1
        """;

    private const string SqlLost =
        """
        select u.id
        from contracts.unsealed_audit_logs u
        where not exists (select from contracts.audit_logs l where l.id = u.id)
        order by u.id
        limit 1
        """;
}
