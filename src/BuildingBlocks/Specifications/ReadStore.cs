using Monolith.BuildingBlocks.Data;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Reads rows by specification. Handlers see this and no SQL, so that their tests need no database.</summary>
public interface IReadStore<T>
{
    /// <summary>The rows, ordered and paged.</summary>
    Task<IReadOnlyList<T>> ListAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>How many rows meet the conditions; order and page play no part.</summary>
    Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>Whether a row meets the conditions.</summary>
    Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken);

    /// <summary>The only row, or the default. More than one is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken);
}

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
    public Task<long> CountAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(rows.LongCount(specification.IsSatisfiedBy));

    /// <inheritdoc />
    public Task<bool> AnyAsync(Specification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(rows.Any(specification.IsSatisfiedBy));

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(SingleResultSpecification<T> specification, CancellationToken cancellationToken) =>
        Task.FromResult(specification.Evaluate(rows).SingleOrDefault());
}
