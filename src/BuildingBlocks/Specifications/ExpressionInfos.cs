using System.Linq.Expressions;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>One condition.</summary>
/// <param name="filter">A predicate within the limits that <see cref="SqlSpecification"/> names.</param>
public sealed class WhereExpressionInfo<T>(Expression<Func<T, bool>> filter)
{
    private readonly Lazy<Func<T, bool>> _compiled = new(filter.Compile);

    /// <summary>As written.</summary>
    public Expression<Func<T, bool>> Filter => filter;

    /// <summary>Compiled at first use.</summary>
    public Func<T, bool> FilterFunc => _compiled.Value;
}

/// <summary>One sort key.</summary>
/// <param name="keySelector">A mapped property.</param>
/// <param name="descending">Largest first.</param>
public sealed class OrderExpressionInfo<T>(Expression<Func<T, object?>> keySelector, bool descending)
{
    private readonly Lazy<Func<T, object?>> _compiled = new(keySelector.Compile);

    /// <summary>As written.</summary>
    public Expression<Func<T, object?>> KeySelector => keySelector;

    /// <summary>Largest first.</summary>
    public bool Descending => descending;

    /// <summary>Compiled at first use.</summary>
    public Func<T, object?> KeySelectorFunc => _compiled.Value;
}

/// <summary>One text search: the property contains the term, case-insensitively. The term has no wildcards.</summary>
/// <param name="selector">A mapped string property; null never matches.</param>
/// <param name="searchTerm">Literal text; the empty text is in every value.</param>
/// <param name="searchGroup">Searches of one group are joined by "or", groups by "and".</param>
public sealed class SearchExpressionInfo<T>(Expression<Func<T, string?>> selector, string searchTerm, int searchGroup)
{
    private readonly Lazy<Func<T, string?>> _compiled = new(selector.Compile);

    /// <summary>As written.</summary>
    public Expression<Func<T, string?>> Selector => selector;

    /// <summary>Literal text.</summary>
    public string SearchTerm => searchTerm;

    /// <summary>The group it belongs to.</summary>
    public int SearchGroup => searchGroup;

    internal bool Matches(T row) => _compiled.Value(row)?.Contains(searchTerm, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>The row after which the rows begin.</summary>
/// <param name="keySelector">The property that finds it.</param>
/// <param name="value">The value of that property.</param>
public sealed class CursorInfo<T>(Expression<Func<T, object?>> keySelector, object value)
{
    private readonly Lazy<Func<T, object?>> _compiled = new(keySelector.Compile);

    /// <summary>The value of the key.</summary>
    public object Value => value;

    internal bool IsAt(T row) => value.Equals(_compiled.Value(row));
}
