using System.Linq.Expressions;
using Monolith.Kernel.Authorization;

namespace Monolith.Data.Specifications;

/// <summary>What the builder of a specification lacks: visibility, keyset pages, and how a list is counted. Kept in the <c>Items</c> of a specification, which the package leaves to its users.</summary>
public static class SpecificationBuilderExtensions
{
    internal const string MaintainedItem = "count-maintained";
    internal const string EverythingItem = "count-everything";
    internal const string AtMostItem = "count-at-most";
    internal const string UncountedItem = "count-none";
    internal const string PlanItem = "plan-kept";
    internal const string KeysItem = "keys-first";
    internal const string WalkItem = "walk-when-many";
    internal const string RememberItem = "count-remembered";
    internal const string PlaceItem = "skip-from-place";

    /// <summary>Keeps a list to the rows that its reader may see.</summary>
    /// <param name="builder">The specification.</param>
    /// <param name="rows">What the reader may see.</param>
    /// <param name="user">The user to whom a row belongs.</param>
    public static ISpecificationBuilder<T> VisibleTo<T>(this ISpecificationBuilder<T> builder, RowVisibility rows, Expression<Func<T, Guid>> user) =>
        rows.UserId is { } only ? builder.Where(Expression.Lambda<Func<T, bool>>(Expression.Equal(user.Body, Expression.Constant(only)), user.Parameters))
        : rows.IsAll ? builder
        : builder.Where(_ => false);

    /// <summary>Only rows after one of the table, in this order, whether that row meets the conditions or not. The order must be total, and the map must have a cursor.</summary>
    /// <param name="builder">A builder whose order has begun.</param>
    /// <param name="key">The property that finds the row. The next page begins after its value in the last row.</param>
    /// <param name="value">Its value; null is the start, and after an unknown row there is nothing.</param>
    public static IOrderedSpecificationBuilder<T> After<T>(this IOrderedSpecificationBuilder<T> builder, Expression<Func<T, object?>> key, object? value)
    {
        builder.Specification.Items[KeysetCursor<T>.Item] = new KeysetCursor<T>(key, value);
        return builder;
    }

    /// <summary>The count need not be counted: <paramref name="count"/> knows it. Null counts.</summary>
    public static ISpecificationBuilder<T> CountBy<T>(this ISpecificationBuilder<T> builder, MaintainedCount? count)
    {
        if (count is not null)
            builder.Specification.Items[MaintainedItem] = count;
        return builder;
    }

    /// <summary>The count is of everything that meets the conditions, before the cursor, too, and for an empty page, too.</summary>
    public static ISpecificationBuilder<T> CountEverything<T>(this ISpecificationBuilder<T> builder)
    {
        builder.Specification.Items[EverythingItem] = true;
        return builder;
    }

    /// <summary>Nobody asks how many there are, so nothing is counted, unless <paramref name="counted"/>.</summary>
    public static ISpecificationBuilder<T> Counted<T>(this ISpecificationBuilder<T> builder, bool counted)
    {
        if (!counted)
            builder.Specification.Items[UncountedItem] = true;
        return builder;
    }

    /// <summary>
    /// The rows are a walk in the order of one index from its start or a cursor, whatever the values: the database keeps the plan of the page. Without it a page is planned for the values at hand,
    /// which is what a condition needs that ten rows may meet or a million.
    /// </summary>
    public static ISpecificationBuilder<T> KeepPlan<T>(this ISpecificationBuilder<T> builder, bool kept = true)
    {
        if (kept)
            builder.Specification.Items[PlanItem] = true;
        return builder;
    }

    /// <summary>Many rows are passed over before a page is full: it is found with what the smaller source of the map holds, and read afterwards.</summary>
    public static ISpecificationBuilder<T> FindKeysFirst<T>(this ISpecificationBuilder<T> builder, bool first = true)
    {
        if (first)
            builder.Specification.Items[KeysItem] = true;
        return builder;
    }

    /// <summary>The conditions ask about nothing but what the version of <see cref="CountSource"/> tells the changes of, so a count stays right as long as the version stays.</summary>
    public static ISpecificationBuilder<T> RememberCount<T>(this ISpecificationBuilder<T> builder, bool remembered = true)
    {
        if (remembered)
            builder.Specification.Items[RememberItem] = true;
        return builder;
    }

    /// <summary>The order is that of an index: when many match, a walk along it finds the page. How many there are is known from counting them.</summary>
    public static ISpecificationBuilder<T> WalkWhenMany<T>(this ISpecificationBuilder<T> builder, bool walk = true)
    {
        if (walk)
            builder.Specification.Items[WalkItem] = true;
        return builder;
    }

    /// <summary>Rows that are passed over need not be walked over: <paramref name="place"/> knows a place near the page. Null walks. The first key of the order must be one that is never null.</summary>
    public static ISpecificationBuilder<T> SkipFrom<T>(this ISpecificationBuilder<T> builder, MaintainedPlace? place)
    {
        if (place is not null)
            builder.Specification.Items[PlaceItem] = place;
        return builder;
    }

    internal static MaintainedPlace? Place<T>(this ISpecification<T> specification) => specification.Items.GetValueOrDefault(PlaceItem) as MaintainedPlace;

    internal static bool WalksWhenMany<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(WalkItem);

    internal static bool FindsKeysFirst<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(KeysItem);

    internal static bool RemembersCount<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(RememberItem);

    internal static bool KeepsPlan<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(PlanItem);

    internal static KeysetCursor<T>? Cursor<T>(this ISpecification<T> specification) =>
        specification.Items.GetValueOrDefault(KeysetCursor<T>.Item) as KeysetCursor<T>;

    internal static MaintainedCount? MaintainedCount<T>(this ISpecification<T> specification) =>
        specification.Items.GetValueOrDefault(MaintainedItem) as MaintainedCount;

    /// <summary>Counting stops at <paramref name="most"/> rows, so that it costs no more than that: the count is then "at least".</summary>
    public static ISpecificationBuilder<T> CountAtMost<T>(this ISpecificationBuilder<T> builder, int most)
    {
        builder.Specification.Items[AtMostItem] = most;
        return builder;
    }

    internal static int? CountsAtMost<T>(this ISpecification<T> specification) => specification.Items.GetValueOrDefault(AtMostItem) as int?;

    internal static bool CountsEverything<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(EverythingItem);

    internal static bool IsCounted<T>(this ISpecification<T> specification) => !specification.Items.ContainsKey(UncountedItem);

    /// <summary>Largest first.</summary>
    internal static bool IsDescending<T>(this OrderExpressionInfo<T> order) => order.OrderType is OrderTypeEnum.OrderByDescending or OrderTypeEnum.ThenByDescending;
}

/// <summary>The row after which the rows begin.</summary>
/// <param name="key">The property that finds it.</param>
/// <param name="value">Its value; null for the start.</param>
internal sealed class KeysetCursor<T>(Expression<Func<T, object?>> key, object? value)
{
    public const string Item = "after";

    public object? Value => value;

    public object? Of(T row) => RowProperty<T>.Read(ColumnMap<T>.NameOf(key), row);
}

/// <summary>A statement that answers a count which the database maintains.</summary>
/// <param name="Sql">One row, one column.</param>
/// <param name="Parameters">Its parameters; their names must not be those of the specification, <c>p0</c>, <c>p1</c>, …</param>
public sealed record MaintainedCount(string Sql, object Parameters);

/// <summary>A statement that answers a place in the order of a list, which the database maintains.</summary>
/// <param name="Sql">Exactly one row: <c>rows_before</c>, how many rows of the list stand before the place, at most <c>@skip</c>; and <c>sort_key</c>, which the first sort key of those behind it is not less than, or less than where the order is descending.</param>
/// <param name="Parameters">As in <see cref="MaintainedCount"/>, without <c>skip</c>.</param>
public sealed record MaintainedPlace(string Sql, object Parameters);
