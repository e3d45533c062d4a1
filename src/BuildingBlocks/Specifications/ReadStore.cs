using Monolith.BuildingBlocks.Data;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Reads rows by specification. Handlers see this and no SQL, so that their tests need no database.</summary>
public interface IReadStore<T>
{
    /// <summary>The rows, ordered and paged.</summary>
    Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>The rows and how many meet the conditions, in one round trip. The count is 0 when the page is empty.</summary>
    /// <param name="specification">What to read.</param>
    /// <param name="kept">Where the count is kept, for a specification whose count need not be counted; else null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<PageOf<T>> PageAsync(Specification<T> specification, KeptCount? kept, CancellationToken cancellationToken);

    /// <summary>How many rows meet the conditions; order and page play no part.</summary>
    Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>Whether a row meets the conditions.</summary>
    Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>The only row, or the default. More than one is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken);
}

/// <summary>A page and the number of rows that match, whatever the page.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, long Count);

/// <summary>A statement that answers a count which the database keeps.</summary>
/// <param name="Sql">One row, one column.</param>
/// <param name="Parameters">Its parameters; their names must not be those of the specification, <c>p0</c>, <c>p1</c>, …</param>
public sealed record KeptCount(string Sql, object Parameters);

/// <summary>Reads rows from PostgreSQL, within the transaction of <paramref name="db"/> when there is one.</summary>
public sealed class SqlReadStore<T>(Db db, TableMap<T> map) : IReadStore<T>
{
    /// <inheritdoc />
    public Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        return db.QueryAsync<T>(sql, parameters, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<PageOf<T>> PageAsync(Specification<T> specification, KeptCount? kept, CancellationToken cancellationToken)
    {
        var (sql, parameters) = SqlSpecification.Select(specification, map);
        if (specification.Skip <= 0 && specification.Take < 0)
        {
            var whole = await db.QueryAsync<T>(sql, parameters, cancellationToken);
            return new PageOf<T>(whole, whole.Count);
        }

        // Both statements number the values of the conditions alike, so the count finds its parameters among those of the page.
        var countSql = kept?.Sql ?? SqlSpecification.Count(specification, map).Sql;
        if (kept is not null)
            parameters.AddDynamicParams(kept.Parameters);
        var (rows, count) = await db.QueryWithScalarAsync<T, long>($"{sql};\n{countSql}", parameters, cancellationToken);
        return new PageOf<T>(rows, rows.Count == 0 ? 0 : count);
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
}

/// <summary>Reads rows from memory with the same specifications; for tests of handlers.</summary>
public sealed class InMemoryReadStore<T>(IEnumerable<T> rows) : IReadStore<T>
{
    /// <inheritdoc />
    public Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<T>>([.. specification.Evaluate(rows)]);

    /// <inheritdoc />
    public async Task<PageOf<T>> PageAsync(Specification<T> specification, KeptCount? kept, CancellationToken cancellationToken)
    {
        var page = await ListAsync(specification, cancellationToken);
        return new PageOf<T>(page, page.Count == 0 ? 0 : await CountAsync(specification, cancellationToken));
    }

    /// <inheritdoc />
    public Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(rows.LongCount(specification.IsSatisfiedBy));

    /// <inheritdoc />
    public Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(rows.Any(specification.IsSatisfiedBy));

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(specification.Evaluate(rows).SingleOrDefault());
}
