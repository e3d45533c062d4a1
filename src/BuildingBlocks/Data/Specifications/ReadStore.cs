using Dapper;
using Monolith.Data.Connections;
using Monolith.Data.Paging;

namespace Monolith.Data.Specifications;

/// <summary>Reads rows by specification. Handlers see this and no SQL, so that their tests need no database.</summary>
/// <remarks>What has no meaning as SQL throws <see cref="NotSupportedException"/> at once, whatever the store.</remarks>
public interface IReadStore<T>
{
    /// <summary>A page and how many rows meet the conditions, in one round trip. The specification must have a limit.</summary>
    Task<Page<T>> PageAsync(ISpecification<T> specification, CancellationToken cancellationToken);

    /// <summary>A whole list in batches, none of which is read before it is asked for. Its sort keys must not be nullable.</summary>
    RowStream<T> Stream(ISpecification<T> specification);

    /// <summary>The only row, or the default. More than one is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    Task<T?> SingleOrDefaultAsync(ISingleResultSpecification<T> specification, CancellationToken cancellationToken);
}

/// <summary>Reads rows from PostgreSQL, within the transaction of <paramref name="db"/> when there is one.</summary>
/// <param name="db">The database of the request.</param>
/// <param name="map">Where the rows are.</param>
/// <param name="batch">Rows of a whole list that are in memory at a time.</param>
public sealed class SqlReadStore<T>(Db db, TableMap<T> map, int batch = SqlReadStore<T>.Batch) : IReadStore<T>
{
    /// <summary>The usual number of rows in a batch.</summary>
    public const int Batch = 500;

    internal CountCache Counts { get; init; } = new();

    /// <inheritdoc />
    public async Task<Page<T>> PageAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        // What a transaction sees of its own changes may never have been: nothing of it is remembered.
        var facts = map.Counting is { } remembering && specification.IsCounted() && specification.RemembersCount() && !db.InTransaction ? remembering.Facts(specification.MaintainedCount()) : null;
        var statements = ListStatements<T>.ForPage(specification, map, facts);
        if (statements.Count is null)
            return PageOf(specification, await ReadAsync(statements, map.PlanningOf(specification), cancellationToken), null);
        if (map.Counting is { } source)
        {
            var counter = new PageCounter<T>(db, map, source, Counts);
            return facts is null ? await counter.CountAnewAsync(specification, statements, cancellationToken) : await counter.PageAsync(specification, statements, cancellationToken);
        }

        var (rows, count) = await db.QueryWithScalarAsync<T, long>($"{statements.Rows};\n{statements.Count()}", statements.Parameters, cancellationToken);
        return PageOf(specification, rows, count);
    }

    /// <inheritdoc />
    public RowStream<T> Stream(ISpecification<T> specification) =>
        new WholeList<T>(db, ListStatements<T>.ForStream(specification, map, batch), batch).ToStream(specification.Skip, specification.Take);

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(ISingleResultSpecification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        return db.SingleOrDefaultAsync<T>(sql, parameters, cancellationToken);
    }

    private Task<IReadOnlyList<T>> ReadAsync(ListStatements<T> statements, Planning planning, CancellationToken cancellationToken) =>
        db.ReadSeveralAsync<IReadOnlyList<T>>(statements.Rows, statements.Parameters, planning, async results => (await results.ReadAsync<T>()).AsList(), cancellationToken);

    /// <summary>The page of what was found, with a row more where there is one.</summary>
    internal static Page<T> PageOf(ISpecification<T> specification, IReadOnlyList<T> found, long? count)
    {
        IReadOnlyList<T> rows = found.Count > specification.Take ? [.. found.Take(specification.Take)] : found;
        var next = found.Count > specification.Take ? new NextPage(rows.Count > 0 ? specification.Cursor()?.Of(rows[^1]) as Guid? : null) : null;
        return new Page<T>(rows, count is null || rows.Count > 0 || specification.CountsEverything() ? count : 0, next);
    }
}

/// <summary>Every statement that a list can need, written before the first one runs.</summary>
/// <param name="Rows">The page and a row more, or the first batch.</param>
/// <param name="Count">How many rows meet the conditions, written when it is needed; null when nobody asks.</param>
/// <param name="Parameters">Of both: they number the values of the conditions alike.</param>
/// <param name="Parts">The rest of a whole list.</param>
/// <param name="Beyond">One row when there is one behind a long page; null when every row is wanted.</param>
internal sealed record ListStatements<T>(
    string Rows, Func<string>? Count, DynamicParameters Parameters, IReadOnlyList<BatchPart<T>> Parts, (string Sql, DynamicParameters Parameters)? Beyond)
{
    /// <summary>What the count of a page is of, whatever the page and the cursor.</summary>
    public CountedList Counted { get; init; }

    /// <param name="specification">The page.</param>
    /// <param name="map">Where it is.</param>
    /// <param name="facts">Columns that every row brings beside its own; null for none.</param>
    public static ListStatements<T> ForPage(ISpecification<T> specification, TableMap<T> map, string? facts = null)
    {
        if (specification.Take < 0)
            throw new NotSupportedException($"{specification.GetType().Name} is no page: Take is missing.");
        var page = SqlSpecification.Page(specification, map, facts);
        return Write(specification, page.Select(), map, [], null) with { Counted = page.Counted };
    }

    public static ListStatements<T> ForStream(ISpecification<T> specification, TableMap<T> map, int batch) =>
        Write(specification, SqlSpecification.FirstBatch(specification, map, batch), map, SqlSpecification.Parts(specification, map, batch), SqlSpecification.Beyond(specification, map));

    private static ListStatements<T> Write(
        ISpecification<T> specification,
        (string Sql, DynamicParameters Parameters) rows,
        TableMap<T> map,
        IReadOnlyList<BatchPart<T>> parts,
        (string Sql, DynamicParameters Parameters)? beyond)
    {
        if (!specification.IsCounted())
            return new(rows.Sql, null, rows.Parameters, parts, beyond);
        var maintained = specification.MaintainedCount();
        if (maintained is not null)
            rows.Parameters.AddDynamicParams(maintained.Parameters);
        return new(rows.Sql, () => maintained?.Sql ?? SqlSpecification.Count(specification, map).Sql, rows.Parameters, parts, beyond);
    }
}
