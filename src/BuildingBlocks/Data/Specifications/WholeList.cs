using System.Runtime.CompilerServices;
using Monolith.Data.Connections;
using Monolith.Data.Paging;

namespace Monolith.Data.Specifications;

/// <summary>
/// Reads a whole list in batches, each behind the last row of the one before, and holds nothing in between. A row that stays where it is comes exactly once;
/// one that is moved, added or removed meanwhile may come or not.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="statements">What to send to it.</param>
/// <param name="batch">Rows in a full batch.</param>
internal sealed class WholeList<T>(Db db, ListStatements<T> statements, int batch)
{
    /// <param name="skipped">Rows that the statements leave out at the start; negative is none.</param>
    /// <param name="take">Rows at most; negative is all.</param>
    public RowStream<T> ToStream(int skipped, int take) => new(CountAsync(Math.Max(skipped, 0), take < 0 ? long.MaxValue : take, default), statements.Beyond is null ? null : HasMoreAsync);

    private async Task<bool> HasMoreAsync(CancellationToken cancellationToken) =>
        (await db.QueryFreshlyPlannedAsync<T>(statements.Beyond!.Value.Sql, statements.Beyond.Value.Parameters, cancellationToken)).Count > 0;

    private async IAsyncEnumerable<Page<T>> CountAsync(long skipped, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0L;
        await foreach (var found in ReadAsync(cancellationToken))
        {
            var rows = found.Count <= most - read ? found : [.. found.Take((int)(most - read))];
            read += rows.Count;
            // Whoever read to the end has counted; only a long page that is full must ask.
            var count = statements.Count is not { } sql ? (long?)null : read == most ? await db.ScalarAsync<long>(sql(), statements.Parameters, cancellationToken) : skipped + read;
            yield return new Page<T>(rows, count);
            if (read == most)
                yield break;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parts = statements.Parts;
        var rows = await db.QueryFreshlyPlannedAsync<T>(statements.Rows, statements.Parameters, cancellationToken);
        if (rows.Count == 0)
            yield break;
        yield return rows;
        if (rows.Count < batch)
            yield break;
        for (var part = PartOf(rows[^1]); part < parts.Count; part++)
        {
            // The rows in hand are of this part, or it begins here.
            while (rows.Count == batch)
            {
                rows = await db.QueryFreshlyPlannedAsync<T>(parts[part].Next, parts[part].After(rows[^1]), cancellationToken);
                if (rows.Count > 0)
                    yield return rows;
            }

            if (part + 1 == parts.Count)
                yield break;
            rows = await db.QueryFreshlyPlannedAsync<T>(parts[part + 1].Start, parts[part + 1].Parameters, cancellationToken);
            if (rows.Count > 0)
                yield return rows;
        }
    }

    private int PartOf(T row)
    {
        for (var part = 0; part < statements.Parts.Count; part++)
            if (statements.Parts[part].Contains(row))
                return part;
        return statements.Parts.Count;
    }
}
