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

    /// <inheritdoc />
    public Task<Page<T>> PageAsync(ISpecification<T> specification, CancellationToken cancellationToken) =>
        ReadAsync(ListStatements<T>.ForPage(specification, map), specification.CountsEverything(), cancellationToken);

    /// <inheritdoc />
    public RowStream<T> Stream(ISpecification<T> specification) =>
        new WholeList<T>(db, ListStatements<T>.ForStream(specification, map, batch), batch).ToStream(specification.Skip, specification.Take);

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(ISingleResultSpecification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        return db.SingleOrDefaultAsync<T>(sql, parameters, cancellationToken);
    }

    private async Task<Page<T>> ReadAsync(ListStatements<T> statements, bool countsEverything, CancellationToken cancellationToken)
    {
        var (rows, count) = await db.QueryWithScalarAsync<T, long>($"{statements.Rows};\n{statements.Count}", statements.Parameters, cancellationToken);
        return new Page<T>(rows, rows.Count > 0 || countsEverything ? count : 0);
    }
}
