using Monolith.Data.Paging;

namespace Monolith.Data.Specifications;

/// <summary>Reads rows from memory with the same specifications, for tests of handlers. What cannot be written as SQL for the map is refused in the same words.</summary>
/// <param name="map">Where the rows would be.</param>
/// <param name="rows">All of them.</param>
public sealed class InMemoryReadStore<T>(TableMap<T> map, IEnumerable<T> rows) : IReadStore<T>
{
    /// <inheritdoc />
    public Task<Page<T>> PageAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        ListStatements<T>.ForPage(specification, map);
        var page = Read(specification);
        var more = MemoryEvaluator.HasMore(specification, rows) ? rows.Take(1) : [];
        return Task.FromResult(SqlReadStore<T>.PageOf(specification, [.. page.Rows, .. more], page.Count));
    }

    /// <inheritdoc />
    public RowStream<T> Stream(ISpecification<T> specification)
    {
        ListStatements<T>.ForStream(specification, map, SqlReadStore<T>.Batch);
        return RowStream<T>.Of(Read(specification), _ => Task.FromResult(MemoryEvaluator.HasMore(specification, rows)));
    }

    /// <inheritdoc />
    public Task<T?> SingleOrDefaultAsync(ISingleResultSpecification<T> specification, CancellationToken cancellationToken)
    {
        SqlSpecification.Select(specification, map);
        return Task.FromResult(MemoryEvaluator.Page(specification, rows).SingleOrDefault());
    }

    private Page<T> Read(ISpecification<T> specification)
    {
        IReadOnlyList<T> page = [.. MemoryEvaluator.Page(specification, rows)];
        if (!specification.IsCounted())
            return new Page<T>(page, null);
        var counted = specification.CountsEverything() ? MemoryEvaluator.MeetingConditions(specification, rows) : MemoryEvaluator.Matching(specification, rows);
        var count = Math.Min(counted.LongCount(), specification.CountsAtMost() ?? long.MaxValue);
        return new Page<T>(page, page.Count > 0 || specification.CountsEverything() ? count : 0);
    }
}
