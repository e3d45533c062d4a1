using Dapper;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Writes the rows of one specification, in the shape whose cost grows with the page.</summary>
internal sealed class SelectWriter<T>(Specification<T> specification, TableMap<T> map)
{
    private readonly SqlValues _values = new();
    private readonly ColumnReader _columns = new(map.Column);

    public (string Sql, DynamicParameters Parameters) Select()
    {
        var where = Where();
        var order = Order();
        var source = Narrowest();
        var whole = $"select {map.SelectList}\nfrom {map.From}";
        if (order is [{ Values: { } few } first, ..] && specification.Take >= 0)
            return ($"{whole}{Join(Ranges(where, source, few, first, order))}{By(order)}", _values.Parameters);
        // Rows that are skipped are walked over with their keys only; what is shown is read for the page.
        return specification.Skip > 0
            ? ($"{whole}{Join($"select {Keys()}\nfrom {source}{And(where)}{By(order)}{Page()}")}{By(order)}", _values.Parameters)
            : ($"{whole}{And(where)}{By(order)}{Page()}", _values.Parameters);
    }

    /// <summary>A statement about the rows that meet the conditions. The values have the same names as in <see cref="Select"/>.</summary>
    public (string Sql, DynamicParameters Parameters) About(Func<string, string> statement)
    {
        var where = Where();
        return (statement($"\nfrom {Narrowest()}{And(where)}"), _values.Parameters);
    }

    /// <summary>A first sort key with few values: one range for each, every one a walk in order that ends early; only their heads are sorted together.</summary>
    private string Ranges(List<string> where, string source, IReadOnlyList<object> few, SortKey first, List<SortKey> order)
    {
        var rest = order.Skip(1).ToList();
        var head = $"\nlimit {_values.Add((long)specification.Take + Math.Max(specification.Skip, 0))}";
        var ranges = (first.Descending ? few.Reverse() : few).Select((value, range) =>
        {
            var test = value is bool yes ? (yes ? first.Column : $"not {first.Column}") : $"{first.Column} = {_values.Add(value)}";
            var columns = string.Concat(rest.Select((key, i) => $", {key.Column} as page_sort{i}"));
            return $"(select {Keys()}, {range} as page_range{columns}\nfrom {source}{And([.. where, test])}{By(rest)}{head})";
        });
        var by = string.Concat(rest.Select((key, i) => $", page_sort{i}{key.Direction}"));
        return $"select {KeyNames()}\nfrom (\n{string.Join("\nunion all\n", ranges)}\n) ranges\norder by page_range{by}{Page()}";
    }

    private List<string> Where()
    {
        var conditions = specification.WhereExpressions
            .Select(where => new PredicateTranslator(_columns, _values, where.Filter.Parameters[0]).Translate(where.Filter.Body))
            .Concat(specification.SearchCriterias.GroupBy(search => search.SearchGroup).Select(Search))
            .ToList();
        if (specification.Cursor is { } cursor)
            conditions.Add(After(cursor));
        return conditions;
    }

    private string Search(IEnumerable<SearchExpressionInfo<T>> group)
    {
        var tests = group.Select(search =>
        {
            var row = search.Selector.Parameters[0];
            return new CallTranslator(_columns, _values, row)
                .Like(_columns.Read(search.Selector.Body, row, out _), search.SearchTerm, nameof(string.Contains), ignoreCase: true);
        });
        return "(" + string.Join(" or ", tests) + ")";
    }

    /// <summary>The keys of the row at the cursor are looked up in the same statement; an unknown row has none, and nothing comes after it.</summary>
    private string After(CursorInfo<T> cursor)
    {
        var source = map.Cursor ?? throw new NotSupportedException($"{typeof(T).Name} has no cursor.");
        _values.Parameters.Add("cursor", cursor.Value);
        var keys = specification.OrderExpressions.Select(Key).ToList();
        var at = keys.ConvertAll(key => $"(select {source.Column(key.Name)} from {source.From})");
        var after = "";
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            var beyond = $"{keys[i].Column} {(keys[i].Descending ? "<" : ">")} {at[i]}";
            after = after.Length == 0 ? beyond : $"({beyond} or ({keys[i].Column} = {at[i]} and {after}))";
        }
        // Implied by what follows, and what an index can begin with.
        return keys.Count == 1 ? after : $"{keys[0].Column} {(keys[0].Descending ? "<=" : ">=")} {at[0]} and {after}";
    }

    /// <summary>The order always ends with the key, so that pages are stable.</summary>
    private List<SortKey> Order()
    {
        var keys = specification.OrderExpressions.Select(Key).ToList();
        _columns.Used.UnionWith(map.PageKeys);
        if (!keys.Exists(key => key.Name == map.Key))
            keys.Add(new SortKey(map.Key, map.Column(map.Key), false, null));
        return keys;
    }

    private SortKey Key(OrderExpressionInfo<T> order)
    {
        var row = order.KeySelector.Parameters[0];
        var name = ColumnReader.Property(order.KeySelector.Body, row).Member.Name;
        return new SortKey(name, _columns.ReadSortKey(order.KeySelector.Body, row), order.Descending, map.FewValues.GetValueOrDefault(name));
    }

    private string Narrowest() => map.PageFrom is { } narrow && _columns.Used.IsSubsetOf(narrow.Properties) ? narrow.From : map.From;

    private string Keys() => string.Join(", ", map.PageKeys.Select((key, i) => $"{map.Column(key)} as page_key{i}"));

    private string KeyNames() => string.Join(", ", map.PageKeys.Select((_, i) => $"page_key{i}"));

    private string Join(string page) => $"\njoin (\n{page}\n) page on " + string.Join(" and ", map.PageKeys.Select((key, i) => $"page.page_key{i} = {map.Column(key)}"));

    private static string And(List<string> conditions) => conditions.Count == 0 ? "" : "\nwhere " + string.Join("\n  and ", conditions);

    private static string By(List<SortKey> keys) => "\norder by " + string.Join(", ", keys.Select(key => key.Column + key.Direction));

    private string Page() =>
        (specification.Take >= 0 ? $"\nlimit {_values.Add(specification.Take)}" : "")
        + (specification.Skip > 0 ? $"\noffset {_values.Add(specification.Skip)}" : "");

    private sealed record SortKey(string Name, string Column, bool Descending, IReadOnlyList<object>? Values)
    {
        public string Direction => Descending ? " desc" : "";
    }
}
