using System.Runtime.CompilerServices;
using Dapper;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Paging;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Reads rows by specification. Handlers see this and no SQL, so that their tests need no database.</summary>
public interface IReadStore<T>
{
    /// <summary>The rows, ordered and paged.</summary>
    Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>A short page and how many rows meet the conditions, in one round trip; without a limit, or with a large one, the rows in batches.</summary>
    /// <param name="specification">What to read.</param>
    /// <param name="kept">Where the count is kept, for a specification whose count need not be counted; else null.</param>
    Listing<T> List(Specification<T> specification, KeptCount? kept = null);

    /// <summary>How many rows meet the conditions; order and page play no part.</summary>
    Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>Whether a row meets the conditions.</summary>
    Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>The only row, or the default. More than one is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken);
}

/// <summary>A statement that answers a count which the database keeps.</summary>
/// <param name="Sql">One row, one column.</param>
/// <param name="Parameters">Its parameters; their names must not be those of the specification, <c>p0</c>, <c>p1</c>, …</param>
public sealed record KeptCount(string Sql, object Parameters);

/// <summary>Reads rows from PostgreSQL, within the transaction of <paramref name="db"/> when there is one.</summary>
/// <param name="db">The database of the request.</param>
/// <param name="map">Where the rows are.</param>
/// <param name="batch">Rows of a whole list that are in memory at a time; a longer page is read as one, too.</param>
public sealed class SqlReadStore<T>(Db db, TableMap<T> map, int batch = SqlReadStore<T>.Batch) : IReadStore<T>
{
    /// <summary>The usual number of rows in a batch.</summary>
    public const int Batch = 500;

    /// <inheritdoc />
    public Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        return db.QueryAsync<T>(sql, parameters, cancellationToken);
    }

    /// <inheritdoc />
    public Listing<T> List(Specification<T> specification, KeptCount? kept = null)
    {
        var isPage = specification.Take >= 0 && specification.Take <= batch;
        var (sql, parameters) = isPage ? SqlSpecification.Select(specification, map) : SqlSpecification.FirstBatch(specification, map, batch);
        // Both statements number the values of the conditions alike, so the count finds its parameters among those of the page.
        var count = kept?.Sql ?? SqlSpecification.Count(specification, map).Sql;
        if (kept is not null)
            parameters.AddDynamicParams(kept.Parameters);
        if (isPage)
            return new(PageAsync($"{sql};\n{count}", parameters, default));
        var parts = SqlSpecification.Parts(specification, map, batch);
        return new(BatchesAsync(new WholeList<T>(db, sql, parameters, parts, batch), specification, count, parameters, default), isStream: true);
    }

    /// <inheritdoc />
    public Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Count(specification, map);
        return db.ScalarAsync<long>(sql, parameters, cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Any(specification, map);
        return db.ScalarAsync<bool>(sql, parameters, cancellationToken);
    }

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        return db.SingleOrDefaultAsync<T>(sql, parameters, cancellationToken);
    }

    private async IAsyncEnumerable<PageOf<T>> PageAsync(string sql, DynamicParameters parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (rows, count) = await db.QueryWithScalarAsync<T, long>(sql, parameters, cancellationToken);
        if (rows.Count > 0)
            yield return new PageOf<T>(rows, count);
    }

    private async IAsyncEnumerable<PageOf<T>> BatchesAsync(
        WholeList<T> list, Specification<T> specification, string count, DynamicParameters parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var most = specification.Take < 0 ? long.MaxValue : specification.Take;
        var (skipped, read) = (Math.Max(specification.Skip, 0L), 0L);
        await foreach (var found in list.ReadAsync(cancellationToken))
        {
            var rows = found.Count <= most - read ? found : [.. found.Take((int)(most - read))];
            read += rows.Count;
            // Whoever read to the end has counted; only a long page that is full must ask.
            yield return new PageOf<T>(rows, read == most ? await db.ScalarAsync<long>(count, parameters, cancellationToken) : skipped + read);
            if (read == most)
                yield break;
        }
    }
}

/// <summary>Reads rows from memory with the same specifications; for tests of handlers.</summary>
public sealed class InMemoryReadStore<T>(IEnumerable<T> rows) : IReadStore<T>
{
    /// <inheritdoc />
    public Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<T>>([.. specification.Evaluate(rows)]);

    /// <inheritdoc />
    public Listing<T> List(Specification<T> specification, KeptCount? kept = null) => new(OnceAsync(specification));

    /// <inheritdoc />
    public Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(specification.Matching(rows).LongCount());

    /// <inheritdoc />
    public Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(specification.Matching(rows).Any());

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(specification.Evaluate(rows).SingleOrDefault());

    private async IAsyncEnumerable<PageOf<T>> OnceAsync(Specification<T> specification)
    {
        var page = await ListAsync(specification, CancellationToken.None);
        if (page.Count > 0)
            yield return new PageOf<T>(page, await CountAsync(specification, CancellationToken.None));
    }
}
