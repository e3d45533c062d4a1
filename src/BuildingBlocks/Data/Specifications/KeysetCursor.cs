using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>The row after which the rows begin; kept in the <c>Items</c> of a specification, which the package leaves to its users.</summary>
internal sealed class KeysetCursor<T>(Expression<Func<T, object?>> key, object value)
{
    public const string Item = "after";

    private readonly Lazy<Func<T, object?>> _compiled = new(key.Compile);

    public object Value => value;

    public bool IsAt(T row) => value.Equals(_compiled.Value(row));
}

/// <summary>What the builder of a specification lacks for keyset pages.</summary>
public static class KeysetBuilderExtensions
{
    /// <summary>Only rows after one of the table, in this order, whether that row meets the conditions or not. The order must be total, and the map must have a cursor.</summary>
    /// <param name="builder">A builder whose order has begun.</param>
    /// <param name="key">The property that finds the row.</param>
    /// <param name="value">Its value; null is the start, and after an unknown row there is nothing.</param>
    public static IOrderedSpecificationBuilder<T> After<T>(this IOrderedSpecificationBuilder<T> builder, Expression<Func<T, object?>> key, object? value)
    {
        if (value is not null)
            builder.Specification.Items[KeysetCursor<T>.Item] = new KeysetCursor<T>(key, value);
        return builder;
    }

    internal static KeysetCursor<T>? Cursor<T>(this ISpecification<T> specification) =>
        specification.Items.GetValueOrDefault(KeysetCursor<T>.Item) as KeysetCursor<T>;
}
