using System.Security.Cryptography;
using System.Text;
using Monolith.Kernel.Privacy;

namespace Monolith.Audit.Sealing;

/// <summary>
/// What the log says by a person and about them. When they are erased, names and addresses go out of the rows and the seals stay:
/// of each changed row its new hash is kept, and the log itself tells the digest of all of them (<see cref="ErasureDigest"/>).
/// </summary>
internal sealed class AuditData(Db<AuditModule> db, SealStore seals, IAuditWriter writer, TimeProvider clock) : IUserData
{
    private const int Batch = 1_000;

    public IReadOnlyList<string> Sections { get; } = ["audit_log"];

    public async Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken)
    {
        var rows = await db.QueryFreshlyPlannedAsync<Entry>(SqlRead, new { userId, after = after is null ? Guid.Empty : Guid.Parse(after), Batch }, cancellationToken);
        return new([.. rows.Select(row => row.Text)], rows.Count == Batch ? rows[^1].Id.ToString("D") : null);
    }

    public async Task EraseAsync(UserErasure person, CancellationToken cancellationToken)
    {
        // Nothing is sealed meanwhile: a row is changed before it is sealed, or it has a seal that is looked after here.
        await seals.LockAsync(cancellationToken);
        var words = person.Words.Union(await db.QueryAsync<string>(SqlEarlierNames, new { person.UserId }, cancellationToken)).Where(word => word.Length > 0).ToArray();
        var changed = (await db.QueryAsync<Guid>("select * from contracts.erase_audit_logs(@UserId, @words, @Placeholder)", new { person.UserId, words, person.Placeholder }, cancellationToken)).ToArray();
        var rows = await db.QueryAsync<SealedRow>(SqlSealed, new { changed }, cancellationToken);
        var (erasure, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var hashes = ErasureDigest.Hashes(rows);
        await db.ExecuteAsync(SqlKeep, new { erasure, ids = rows.Select(row => row.RowId).ToArray(), hashes }, cancellationToken);
        var told = new { Rows = changed.Length, Digest = ErasureDigest.Of(rows.Select(row => row.RowId).Zip(hashes)) };
        await writer.WriteAsync(
            [new(erasure, now, person.ActorId, "write", ResourceType.AuditLog, null, person.Placeholder, null, null, told, 200, null, null, null)], cancellationToken);
    }

    private sealed record Entry(Guid Id, string Text);

    // What they did to others is told without what the others were.
    private const string SqlRead =
        """
        select id, (json_build_object(
            'id', id, 'time', at, 'action', action, 'resource_type', resource_type, 'resource_id', resource_id, 'target', target, 'organization_id', organization_id,
            'status_code', status, 'by_user', actor_id = @userId,
            'ip', case when actor_id = @userId then address end, 'user_agent', case when actor_id = @userId then user_agent end, 'request_id', request_id,
            'before', case when resource_id = @userId then before end, 'after', case when resource_id = @userId then after end))::text as text
        from contracts.audit_logs
        where (actor_id = @userId or resource_id = @userId)
          and id > @after
        order by id
        limit @Batch
        """;

    private const string SqlEarlierNames =
        """
        select distinct word
        from contracts.audit_logs l
        cross join lateral (values (l.before), (l.after)) state (content)
        cross join lateral (values (content ->> 'username'), (content ->> 'email'), (content ->> 'name'), (content ->> 'avatar_url')) names (word)
        where l.resource_id = @UserId
          and l.resource_type = 'user'
          and word is not null
        """;

    private const string SqlSealed =
        $"""
        select s.position, s.row_id, s.hash, {SealedRow.Columns}
        from audit.seals s
        join contracts.audit_logs l on l.id = s.row_id
        where s.row_id = any (@changed)
        order by s.row_id
        """;

    private const string SqlKeep =
        """
        insert into audit.erased_rows (row_id, erasure, hash)
        select row_id, @erasure, hash
        from unnest(@ids, @hashes) as erased (row_id, hash)
        """;
}

/// <summary>How rows out of which somebody was taken are held together.</summary>
internal static class ErasureDigest
{
    /// <summary>The hash of each row as it is now, apart from the chain.</summary>
    public static byte[][] Hashes(IReadOnlyList<SealedRow> rows)
    {
        using var hash = new ChainHash();
        return [.. rows.Select(row => Hash(hash, row))];
    }

    public static byte[] Hash(ChainHash hash, SealedRow row) => hash.Next(ChainHash.Start, row.Position, row);

    /// <summary>SHA-256 over the ids and hashes, in the order of the ids, as the database computes it, too.</summary>
    public static string Of(IEnumerable<(Guid Id, byte[] Hash)> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Concat(rows.Select(row => $"{row.Id:D}{Convert.ToHexStringLower(row.Hash)}").Order(StringComparer.Ordinal)))));
}
