using System.Linq.Expressions;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Declares a specification. A clause whose <c>condition</c> is false is left out.</summary>
public class SpecificationBuilder<T>
{
    internal SpecificationBuilder(Specification<T> specification) => Specification = specification;

    private protected Specification<T> Specification { get; }

    /// <summary>Adds a condition; it holds together with the others.</summary>
    public SpecificationBuilder<T> Where(Expression<Func<T, bool>> filter, bool condition = true)
    {
        if (condition)
            Specification.Add(new WhereExpressionInfo<T>(filter));
        return this;
    }

    /// <summary>Adds a text search: contains, case-insensitive, literal. Same <paramref name="group"/>: or; different: and.</summary>
    public SpecificationBuilder<T> Search(Expression<Func<T, string?>> selector, string term, int group = 1) => Search(selector, term, true, group);

    /// <summary>Adds a text search when <paramref name="condition"/> holds; the term may be null when it does not.</summary>
    public SpecificationBuilder<T> Search(Expression<Func<T, string?>> selector, string? term, bool condition, int group = 1)
    {
        if (condition)
            Specification.Add(new SearchExpressionInfo<T>(selector, term ?? throw new ArgumentNullException(nameof(term)), group));
        return this;
    }

    /// <summary>Begins the order. Allowed once.</summary>
    public OrderedSpecificationBuilder<T> OrderBy(Expression<Func<T, object?>> key) => Begin(key, descending: false);

    /// <summary>Begins the order, largest first. Allowed once.</summary>
    public OrderedSpecificationBuilder<T> OrderByDescending(Expression<Func<T, object?>> key) => Begin(key, descending: true);

    /// <summary>Leaves out the first <paramref name="count"/> rows. Allowed once.</summary>
    public SpecificationBuilder<T> Skip(int count, bool condition = true)
    {
        if (condition)
            Specification.Skip = Once(Specification.Skip, count);
        return this;
    }

    /// <summary>At most <paramref name="count"/> rows; 0 is none. Allowed once.</summary>
    public SpecificationBuilder<T> Take(int count, bool condition = true)
    {
        if (condition)
            Specification.Take = Once(Specification.Take, count);
        return this;
    }

    private static int Once(int current, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return current < 0 ? count : throw new InvalidOperationException("A page may be declared once.");
    }

    private OrderedSpecificationBuilder<T> Begin(Expression<Func<T, object?>> key, bool descending)
    {
        if (Specification.OrderExpressions.Count > 0)
            throw new InvalidOperationException("An order may be begun once; continue it with ThenBy.");
        Specification.Add(new OrderExpressionInfo<T>(key, descending));
        return new OrderedSpecificationBuilder<T>(Specification);
    }
}

/// <summary>A builder whose order has begun.</summary>
public sealed class OrderedSpecificationBuilder<T> : SpecificationBuilder<T>
{
    internal OrderedSpecificationBuilder(Specification<T> specification)
        : base(specification)
    {
    }

    /// <summary>Breaks ties.</summary>
    public OrderedSpecificationBuilder<T> ThenBy(Expression<Func<T, object?>> key) => Continue(key, descending: false);

    /// <summary>Breaks ties, largest first.</summary>
    public OrderedSpecificationBuilder<T> ThenByDescending(Expression<Func<T, object?>> key) => Continue(key, descending: true);

    /// <summary>Only rows after one of the table, in this order, whether that row meets the conditions or not. Null is the start; an unknown row has nothing after it. The order must be total.</summary>
    public OrderedSpecificationBuilder<T> After(Expression<Func<T, object?>> key, object? value)
    {
        Specification.Cursor = value is null ? null : new CursorInfo<T>(key, value);
        return this;
    }

    private OrderedSpecificationBuilder<T> Continue(Expression<Func<T, object?>> key, bool descending)
    {
        Specification.Add(new OrderExpressionInfo<T>(key, descending));
        return this;
    }
}
