namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Which rows of <typeparamref name="T"/> are wanted, in which order, and which page of them. Read by <see cref="SqlSpecification"/> and by <see cref="InMemoryReadStore{T}"/>.</summary>
/// <remarks>Names and shapes follow Ardalis.Specification 9. A subclass declares its query in its constructor.</remarks>
/// <typeparam name="T">A flat row.</typeparam>
public abstract class Specification<T>
{
    private readonly List<WhereExpressionInfo<T>> _where = [];
    private readonly List<OrderExpressionInfo<T>> _order = [];
    private readonly List<SearchExpressionInfo<T>> _search = [];

    /// <summary>Starts with no condition: every row, unordered, unpaged.</summary>
    protected Specification() => Query = new SpecificationBuilder<T>(this);

    /// <summary>Conditions; all of them hold.</summary>
    public IReadOnlyList<WhereExpressionInfo<T>> WhereExpressions => _where;

    /// <summary>The order, most significant first.</summary>
    public IReadOnlyList<OrderExpressionInfo<T>> OrderExpressions => _order;

    /// <summary>Text searches: one of each group holds, for every group.</summary>
    public IReadOnlyList<SearchExpressionInfo<T>> SearchCriterias => _search;

    /// <summary>Rows to leave out at the start; -1 when unset.</summary>
    public int Skip { get; internal set; } = -1;

    /// <summary>Rows at most; -1 when unset.</summary>
    public int Take { get; internal set; } = -1;

    /// <summary>The row after which the rows begin; null for the start.</summary>
    public CursorInfo<T>? Cursor { get; internal set; }

    /// <summary>Declares the query.</summary>
    protected SpecificationBuilder<T> Query { get; }

    /// <summary>The wanted rows of <paramref name="rows"/>, ordered and paged. Null sorts last, as in PostgreSQL; ties keep their order.</summary>
    public IEnumerable<T> Evaluate(IEnumerable<T> rows)
    {
        var wanted = Sort(Matching(rows));
        if (Skip > 0)
            wanted = wanted.Skip(Skip);
        return Take >= 0 ? wanted.Take(Take) : wanted;
    }

    /// <summary>Those of <paramref name="rows"/> that meet the conditions and come after the cursor; order and page play no part.</summary>
    public IEnumerable<T> Matching(IEnumerable<T> rows)
    {
        var wanted = rows.Where(IsSatisfiedBy);
        if (Cursor is null)
            return wanted;
        return rows.FirstOrDefault(Cursor.IsAt) is { } at ? wanted.Where(row => IsAfter(row, at)) : [];
    }

    /// <summary>True when conditions and searches hold for <paramref name="row"/>; order, cursor and page play no part.</summary>
    public bool IsSatisfiedBy(T row) =>
        _where.TrueForAll(where => where.FilterFunc(row))
        && _search.GroupBy(search => search.SearchGroup).All(group => group.Any(search => search.Matches(row)));

    private bool IsAfter(T row, T at) =>
        _order.Select(order => (order.Descending ? -1 : 1) * SortOrder.Instance.Compare(order.KeySelectorFunc(row), order.KeySelectorFunc(at)))
            .FirstOrDefault(difference => difference != 0) > 0;

    internal void Add(WhereExpressionInfo<T> where) => _where.Add(where);

    internal void Add(OrderExpressionInfo<T> order) => _order.Add(order);

    internal void Add(SearchExpressionInfo<T> search) => _search.Add(search);

    private IEnumerable<T> Sort(IEnumerable<T> rows)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var order in _order)
        {
            sorted = (sorted, order.Descending) switch
            {
                (null, false) => rows.OrderBy(order.KeySelectorFunc, SortOrder.Instance),
                (null, true) => rows.OrderByDescending(order.KeySelectorFunc, SortOrder.Instance),
                (not null, false) => sorted.ThenBy(order.KeySelectorFunc, SortOrder.Instance),
                (not null, true) => sorted.ThenByDescending(order.KeySelectorFunc, SortOrder.Instance),
            };
        }
        return sorted ?? rows;
    }
}

/// <summary>A specification that at most one row meets. More than one is a bug, and the store throws.</summary>
public abstract class SingleResultSpecification<T> : Specification<T>;
