using System.Runtime.CompilerServices;
using Dapper;
using Monolith.BuildingBlocks.Data;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>
/// Reads a whole list in batches, each behind the last row of the one before, and holds nothing in between. A row that stays where it is comes exactly once;
/// one that is moved, added or removed meanwhile may come or not.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="first">The first batch.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="parts">How to go on.</param>
/// <param name="batch">Rows in a full batch.</param>
internal sealed class WholeList<T>(Db db, string first, DynamicParameters parameters, IReadOnlyList<BatchPart<T>> parts, int batch)
{
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await db.QueryFreshlyPlannedAsync<T>(first, parameters, cancellationToken);
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
        for (var part = 0; part < parts.Count; part++)
            if (parts[part].Contains(row))
                return part;
        return parts.Count;
    }
}
