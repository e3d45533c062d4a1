using Dapper;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Writes a specification as one PostgreSQL statement with parameters. Values never stand in the text.</summary>
/// <remarks>
/// A predicate may: compare a mapped property with a closed-over value; use <c>&amp;&amp;</c>, <c>||</c>, <c>!</c>, a bool property, null tests and
/// <c>HasValue</c>; ask <c>collection.Contains(property)</c>, <c>list.Contains(value)</c> and <c>list.Any(x =&gt; collection.Contains(x))</c> for a list property;
/// ask <c>Contains</c>, <c>StartsWith</c>, <c>EndsWith</c> of text, ordinal or ordinal ignoring case; compare text with <c>string.CompareOrdinal</c>.
/// Anything else throws <see cref="NotSupportedException"/> that names the expression.
/// </remarks>
public static class SqlSpecification
{
    /// <summary>The rows. The order always ends with the key, so that pages are stable.</summary>
    public static (string Sql, DynamicParameters Parameters) Select<T>(Specification<T> specification, TableMap<T> map)
    {
        var (values, columns) = (new SqlValues(), new ColumnReader(map.Column));
        var criteria = Where(specification, columns, values) + OrderBy(specification, map, columns);
        var page = Page(specification, values);
        if (specification.Skip > 0 && map.PageFrom is { } narrow && columns.Used.IsSubsetOf(narrow.Properties))
        {
            // Rows that are skipped are walked over in the narrow source only; the wide one is read for the page.
            var key = map.Column(map.Key);
            var keys = $"select {key} as page_key\nfrom {narrow.From}{criteria}{page}";
            return ($"select {map.SelectList}\nfrom {map.From}\njoin (\n{keys}\n) page on page.page_key = {key}{OrderBy(specification, map, columns)}", values.Parameters);
        }
        return ($"select {map.SelectList}\nfrom {map.From}{criteria}{page}", values.Parameters);
    }

    /// <summary>The number of rows that meet the conditions; order and page play no part.</summary>
    public static (string Sql, DynamicParameters Parameters) Count<T>(Specification<T> specification, TableMap<T> map)
    {
        var values = new SqlValues();
        return ($"select count(*)\nfrom {map.From}{Where(specification, new ColumnReader(map.Column), values)}", values.Parameters);
    }

    /// <summary>Whether a row meets the conditions.</summary>
    public static (string Sql, DynamicParameters Parameters) Any<T>(Specification<T> specification, TableMap<T> map)
    {
        var values = new SqlValues();
        return ($"select exists (\nselect 1\nfrom {map.From}{Where(specification, new ColumnReader(map.Column), values)}\n)", values.Parameters);
    }

    private static string Where<T>(Specification<T> specification, ColumnReader columns, SqlValues values)
    {
        var conditions = specification.WhereExpressions
            .Select(where => new PredicateTranslator(columns, values, where.Filter.Parameters[0]).Translate(where.Filter.Body))
            .Concat(specification.SearchCriterias.GroupBy(search => search.SearchGroup).Select(group => Search(group, columns, values)))
            .ToList();
        return conditions.Count == 0 ? "" : "\nwhere " + string.Join("\n  and ", conditions);
    }

    private static string Search<T>(IEnumerable<SearchExpressionInfo<T>> group, ColumnReader columns, SqlValues values)
    {
        var tests = group.Select(search =>
        {
            var row = search.Selector.Parameters[0];
            return new CallTranslator(columns, values, row)
                .Like(columns.Read(search.Selector.Body, row, out _), search.SearchTerm, nameof(string.Contains), ignoreCase: true);
        });
        return "(" + string.Join(" or ", tests) + ")";
    }

    private static string OrderBy<T>(Specification<T> specification, TableMap<T> map, ColumnReader columns)
    {
        var keys = specification.OrderExpressions
            .Select(order => (Name: ColumnReader.Property(order.KeySelector.Body, order.KeySelector.Parameters[0]).Member.Name,
                Sql: columns.ReadSortKey(order.KeySelector.Body, order.KeySelector.Parameters[0]) + (order.Descending ? " desc" : "")))
            .ToList();
        columns.Used.Add(map.Key);
        var ordered = keys.Exists(key => key.Name == map.Key) ? keys.Select(key => key.Sql) : keys.Select(key => key.Sql).Append(map.Column(map.Key));
        return "\norder by " + string.Join(", ", ordered);
    }

    private static string Page<T>(Specification<T> specification, SqlValues values) =>
        (specification.Take >= 0 ? $"\nlimit {values.Add(specification.Take)}" : "")
        + (specification.Skip > 0 ? $"\noffset {values.Add(specification.Skip)}" : "");
}
