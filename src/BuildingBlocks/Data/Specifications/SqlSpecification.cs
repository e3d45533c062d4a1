using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>Writes a specification as one PostgreSQL statement with parameters. Values never stand in the text.</summary>
/// <remarks>
/// A predicate may: compare a mapped property with a closed-over value; use <c>&amp;&amp;</c>, <c>||</c>, <c>!</c>, a bool property, null tests and
/// <c>HasValue</c>; ask <c>collection.Contains(property)</c>, <c>list.Contains(value)</c> and <c>list.Any(x =&gt; collection.Contains(x))</c> for a list property;
/// ask <c>Contains</c> of text, ordinal or ordinal ignoring case. Anything else, and every clause that <see cref="Clauses"/> names, throws
/// <see cref="NotSupportedException"/> that says what.
/// </remarks>
public static class SqlSpecification
{
    /// <summary>The rows. The order always ends with the key, so that pages are stable.</summary>
    public static (string Sql, DynamicParameters Parameters) Select<T>(ISpecification<T> specification, TableMap<T> map) =>
        new SelectWriter<T>(specification, map).Select();

    /// <summary>As <see cref="Select"/>, the first rows of a whole list, with every sort key that <see cref="Parts"/> goes on from.</summary>
    internal static (string Sql, DynamicParameters Parameters) FirstBatch<T>(ISpecification<T> specification, TableMap<T> map, int batch) =>
        new SelectWriter<T>(specification, map, batch).Select();

    /// <summary>The statements for the rest of a whole list.</summary>
    internal static IReadOnlyList<BatchPart<T>> Parts<T>(ISpecification<T> specification, TableMap<T> map, int batch) =>
        new SelectWriter<T>(specification, map).Parts(batch);

    /// <summary>The number of rows that meet the conditions; order and page play no part.</summary>
    public static (string Sql, DynamicParameters Parameters) Count<T>(ISpecification<T> specification, TableMap<T> map) =>
        new SelectWriter<T>(specification, map).Count();
}
