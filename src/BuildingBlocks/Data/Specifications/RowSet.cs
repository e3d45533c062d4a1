using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>Keys that a statement of the database answers, for a condition that no column of the row tells.</summary>
/// <param name="Sql">One column of uuids. It reads what the owner of the list may read: views of <c>contracts</c>.</param>
/// <param name="Parameters">Its parameters; their names must not be those of the specification, <c>p0</c>, <c>p1</c>, …</param>
public sealed record RowSet(string Sql, object Parameters);

/// <summary>Conditions by <see cref="RowSet"/>; kept in the <c>Items</c> of a specification like the cursor.</summary>
public static class RowSetBuilderExtensions
{
    internal const string Item = "row-sets";

    /// <summary>Only rows whose <paramref name="property"/> is in the set. Null is no condition. Rows in memory cannot be asked.</summary>
    public static ISpecificationBuilder<T> Within<T>(this ISpecificationBuilder<T> builder, Expression<Func<T, Guid>> property, RowSet? set)
    {
        if (set is not null)
            builder.Specification.Items[Item] = new List<(LambdaExpression, RowSet)>([.. builder.Specification.RowSets(), (property, set)]);
        return builder;
    }

    internal static IReadOnlyList<(LambdaExpression Property, RowSet Set)> RowSets<T>(this ISpecification<T> specification) =>
        specification.Items.GetValueOrDefault(Item) as List<(LambdaExpression, RowSet)> ?? [];
}
