namespace Monolith.Data.Specifications;

/// <summary>A statement that answers a count which the database maintains.</summary>
/// <param name="Sql">One row, one column.</param>
/// <param name="Parameters">Its parameters; their names must not be those of the specification, <c>p0</c>, <c>p1</c>, …</param>
public sealed record MaintainedCount(string Sql, object Parameters);

/// <summary>How the count of a list is found; kept in the <c>Items</c> of a specification like the cursor.</summary>
public static class CountBuilderExtensions
{
    internal const string MaintainedItem = "count-maintained";
    internal const string EverythingItem = "count-everything";
    internal const string AtMostItem = "count-at-most";

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

    /// <summary>Counting stops at <paramref name="most"/> rows, so that it costs no more than that: the count is then "at least".</summary>
    public static ISpecificationBuilder<T> CountAtMost<T>(this ISpecificationBuilder<T> builder, int most)
    {
        builder.Specification.Items[AtMostItem] = most;
        return builder;
    }

    internal static int? CountsAtMost<T>(this ISpecification<T> specification) => specification.Items.GetValueOrDefault(AtMostItem) as int?;

    internal static MaintainedCount? MaintainedCount<T>(this ISpecification<T> specification) =>
        specification.Items.GetValueOrDefault(MaintainedItem) as MaintainedCount;

    internal static bool CountsEverything<T>(this ISpecification<T> specification) => specification.Items.ContainsKey(EverythingItem);
}
