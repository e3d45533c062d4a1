namespace Monolith.Data.Specifications;

/// <summary>What a specification means in PostgreSQL, over rows in memory. The evaluator of the package sorts by culture and puts null first.</summary>
internal static class MemoryEvaluator
{
    /// <summary>The wanted rows, ordered and paged. Null sorts last; ties keep their order.</summary>
    public static IEnumerable<T> Page<T>(ISpecification<T> specification, IEnumerable<T> rows)
    {
        var wanted = Sort(specification, Matching(specification, rows));
        if (specification.Skip > 0)
            wanted = wanted.Skip(specification.Skip);
        return specification.Take >= 0 ? wanted.Take(specification.Take) : wanted;
    }

    /// <summary>True when rows come after those of <see cref="Page"/>.</summary>
    public static bool HasMore<T>(ISpecification<T> specification, IEnumerable<T> rows) =>
        specification.Take >= 0 && Matching(specification, rows).LongCount() > (long)Math.Max(specification.Skip, 0) + specification.Take;

    /// <summary>Those that meet the conditions and come after the cursor; order and page play no part.</summary>
    public static IEnumerable<T> Matching<T>(ISpecification<T> specification, IEnumerable<T> rows)
    {
        var wanted = MeetingConditions(specification, rows);
        if (specification.Cursor() is not { Value: { } value } cursor)
            return wanted;
        return rows.FirstOrDefault(row => value.Equals(cursor.Of(row))) is { } at ? wanted.Where(row => IsAfter(specification, row, at)) : [];
    }

    /// <summary>Those that meet the conditions, wherever the cursor is.</summary>
    public static IEnumerable<T> MeetingConditions<T>(ISpecification<T> specification, IEnumerable<T> rows) =>
        specification.RowSets().Count > 0 ? throw new NotSupportedException($"{specification.GetType().Name} asks for a set of the database: test it over HTTP.")
        : rows.Where(row => specification.WhereExpressions.All(where => where.FilterFunc(row)));

    private static bool IsAfter<T>(ISpecification<T> specification, T row, T at) =>
        specification.OrderExpressions
            .Select(order => (order.IsDescending() ? -1 : 1) * PostgresComparer.Instance.Compare(order.KeySelectorFunc(row), order.KeySelectorFunc(at)))
            .FirstOrDefault(difference => difference != 0) > 0;

    private static IEnumerable<T> Sort<T>(ISpecification<T> specification, IEnumerable<T> rows)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var order in specification.OrderExpressions)
        {
            sorted = (sorted, order.IsDescending()) switch
            {
                (null, false) => rows.OrderBy(order.KeySelectorFunc, PostgresComparer.Instance),
                (null, true) => rows.OrderByDescending(order.KeySelectorFunc, PostgresComparer.Instance),
                (not null, false) => sorted.ThenBy(order.KeySelectorFunc, PostgresComparer.Instance),
                (not null, true) => sorted.ThenByDescending(order.KeySelectorFunc, PostgresComparer.Instance),
            };
        }
        return sorted ?? rows;
    }
}
