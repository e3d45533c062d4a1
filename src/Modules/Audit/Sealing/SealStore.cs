namespace Monolith.Audit.Sealing;

/// <summary>The chain in the database, for the one process that holds its lock. Scoped.</summary>
internal sealed class SealStore(Db<AuditModule> db, IUnitOfWork work)
{
    // Any constant will do, as long as every replica asks for the same one.
    private const long LockKey = 0x6175646974;

    /// <summary>Runs <paramref name="act"/> in a transaction that no other process has at the same moment; false when another one is at it.</summary>
    public async Task<bool> TryAloneAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await work.BeginAsync(cancellationToken);
        try
        {
            var isAlone = await db.ScalarAsync<bool>("select pg_try_advisory_xact_lock(@LockKey)", new { LockKey }, cancellationToken);
            if (isAlone)
                await act();
            await work.CommitAsync(cancellationToken);
            return isAlone;
        }
        catch
        {
            await work.RollbackAsync();
            throw;
        }
    }

    /// <summary>Keeps everybody else from sealing and removing until the transaction under way ends.</summary>
    public Task LockAsync(CancellationToken cancellationToken) => db.ExecuteAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, cancellationToken);

    public Task<bool> AnyUnsealedAsync(CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>("select exists (select from contracts.unsealed_audit_logs)", null, cancellationToken);

    public async Task<IReadOnlyList<SealedRow>> TakeAsync(int amount, CancellationToken cancellationToken)
    {
        var ids = await db.QueryAsync<Guid>("select * from contracts.take_unsealed_audit_logs(@amount)", new { amount }, cancellationToken);
        return ids.Count == 0 ? [] : await db.QueryAsync<SealedRow>(SqlRows, new { ids = ids.ToArray() }, cancellationToken);
    }

    public Task<Segment?> LastSegmentAsync(CancellationToken cancellationToken) => db.SingleOrDefaultAsync<Segment>(SqlLastSegment, null, cancellationToken);

    public async Task AppendAsync(IReadOnlyList<Seal> seals, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"{SqlInsertSeals};\n{SqlCount}", new
        {
            positions = seals.Select(seal => seal.Position).ToArray(),
            ids = seals.Select(seal => seal.RowId).ToArray(),
            hashes = seals.Select(seal => seal.Hash).ToArray(),
        }, cancellationToken);
        foreach (var segment in segments)
            await db.ExecuteAsync(SqlKeepSegment, segment, cancellationToken);
    }

    /// <summary>The oldest segments that are there, if their newest row is older than <paramref name="before"/>. The first one that is younger ends the row.</summary>
    public Task<Segment?> OldestSegmentAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<Segment>(SqlOldestSegment, new { before }, cancellationToken);

    /// <summary>Removes the rows of a segment and their seals; its last hash stays. Answers how many rows there were.</summary>
    public async Task<long> RemoveAsync(Segment segment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = (await db.QueryAsync<Guid>(SqlRowsOfSegment, segment, cancellationToken)).ToArray();
        await db.ExecuteAsync($"{SqlUncount};\n{SqlRemoveSeals};\n{SqlForgetErasures};\n{SqlMarkRemoved}", new { ids, segment.FirstPosition, segment.LastPosition, segment.Number, now }, cancellationToken);
        return await db.ScalarAsync<long>("select contracts.remove_audit_logs(@ids)", new { ids }, cancellationToken);
    }

    private const string SqlRows =
        $"""
        select {SealedRow.Columns}
        from contracts.audit_logs l
        where l.id = any (@ids)
        order by l.id
        """;

    private const string SegmentColumns = "number, first_position, last_position, last_at, last_hash, removed_at";

    private const string SqlLastSegment =
        $"""
        select {SegmentColumns}
        from audit.segments
        order by number desc
        limit 1
        """;

    private const string SqlOldestSegment =
        $"""
        select {SegmentColumns}
        from (
            select {SegmentColumns}
            from audit.segments
            where removed_at is null
            order by number
            limit 1) oldest
        where last_at < @before
        """;

    private const string SqlInsertSeals =
        """
        insert into audit.seals (position, row_id, hash)
        select position, row_id, hash
        from unnest(@positions, @ids, @hashes) as seal (position, row_id, hash)
        """;

    private const string SqlKeepSegment =
        """
        insert into audit.segments (number, first_position, last_position, last_at, last_hash)
        values (@Number, @FirstPosition, @LastPosition, @LastAt, @LastHash)
        on conflict (number) do update
        set
            last_position = excluded.last_position,
            last_at = excluded.last_at,
            last_hash = excluded.last_hash
        """;

    private const string Kinds = "coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), resource_type, action, status >= 400";

    private const string SqlCount =
        $"""
        insert into audit.counts (organization_id, resource_type, action, is_refused, rows)
        select {Kinds}, count(*)
        from contracts.audit_logs
        where id = any (@ids)
        group by 1, 2, 3, 4
        on conflict (organization_id, resource_type, action, is_refused) do update
        set rows = counts.rows + excluded.rows
        """;

    private const string SqlUncount =
        $"""
        update audit.counts kept
        set rows = kept.rows - gone.rows
        from (
            select {Kinds}, count(*)
            from contracts.audit_logs
            where id = any (@ids)
            group by 1, 2, 3, 4) gone (organization_id, resource_type, action, is_refused, rows)
        where kept.organization_id = gone.organization_id
          and kept.resource_type = gone.resource_type
          and kept.action = gone.action
          and kept.is_refused = gone.is_refused
        """;

    private const string SqlRowsOfSegment =
        """
        select row_id
        from audit.seals
        where position between @FirstPosition and @LastPosition
        """;

    private const string SqlRemoveSeals =
        """
        delete from audit.seals
        where position between @FirstPosition and @LastPosition
        """;

    // The row that tells of an erasure is newer than every row that it changed, so those are gone by now.
    private const string SqlForgetErasures =
        """
        delete from audit.erased_rows
        where erasure = any (@ids)
        """;

    private const string SqlMarkRemoved =
        """
        update audit.segments
        set removed_at = @now
        where number = @Number
        """;
}
