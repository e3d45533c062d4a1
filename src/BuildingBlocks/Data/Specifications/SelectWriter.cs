using System.Globalization;
using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>Writes the rows of one specification, in the shape whose cost grows with the page.</summary>
/// <param name="specification">What is wanted.</param>
/// <param name="map">Where it is.</param>
/// <param name="batch">Only the first rows of a whole list, as many as this, with every sort key; null for all that the specification asks for.</param>
/// <param name="ahead">Rows to read beyond those of a page: one tells whether there are more.</param>
/// <param name="skip">Rows to pass over in place of those that the specification says.</param>
/// <param name="facts">Columns of each row beside its own; null for none.</param>
/// <param name="walk">A walk from the start of an ascending order: each row tells its first sort key as well, and what is known to match nothing is not walked over.</param>
internal sealed class SelectWriter<T>(
    ISpecification<T> specification, TableMap<T> map, int? batch = null, int ahead = 0, int? skip = null, string? facts = null, WalkStart? walk = null)
{
    private readonly int _skip = Math.Max(skip ?? specification.Skip, 0);

    private readonly int _take =
        batch is { } most && (specification.Take < 0 || specification.Take > most) ? most
        : specification.Take < 0 ? -1
        : (int)Math.Min((long)specification.Take + ahead, int.MaxValue);

    private readonly SqlValues _values = new();
    private readonly ColumnReader _columns = new(map.Column, map.Negation, map.PageFrom?.Properties);

    private List<string> _conditions = [];
    private int _valuesOfConditions;
    private string _by = "";

    /// <summary>What is counted behind a row, whichever that is: the conditions and the order of what was written last.</summary>
    public CountedList Counted => new($"{map.From}{And(_conditions)}{_by}", _values.Parameters, _valuesOfConditions);

    public (string Sql, DynamicParameters Parameters) Select()
    {
        var where = Where();
        var order = Order();
        _by = By(order);
        if (walk?.First is { } first)
            where = [.. where, From(first, walk.Version, order[0])];
        var beside = (batch is null ? "" : Hidden(order)) + facts + (walk is null ? "" : $",\n{order[0].Column} as rows_at");
        if (order is [{ Values: { } few } key, ..] && _take >= 0)
            return ($"{Whole(beside)}{Join(Ranges(where, Narrowest(), few, key, order))}{_by}", _values.Parameters);
        if (_skip > 0 && specification.Place() is { } place)
            return ($"{Whole(beside)}{Join(From(place, where, Narrowest(), order))}{_by}", _values.Parameters);
        // Rows that are passed over are walked with what an index holds of them; what is shown is read for the page.
        var keysFirst = _skip > 0 || (_take >= 0 && specification.FindsKeysFirst() && IsNarrow);
        return (map.Text(new StatementShape(Clauses.Comment(specification), beside, And(where), _by, Page(), keysFirst, IsNarrow), Plain), _values.Parameters);
    }

    private string Whole(string beside) => $"{Clauses.Comment(specification)}select {map.SelectList}{beside}\nfrom {map.From}";

    private string Plain(StatementShape shape) => shape.KeysFirst
        ? $"{Whole(shape.Beside)}{Join($"select {Keys()}\nfrom {Narrowest()}{shape.Where}{shape.By}{shape.Page}")}{shape.By}"
        : $"{Whole(shape.Beside)}{shape.Where}{shape.By}{shape.Page}";

    /// <summary>How many rows meet the conditions. The values have the same names as in <see cref="Select"/>.</summary>
    /// <param name="atMost">Counting stops here; null for what the specification says.</param>
    public (string Sql, DynamicParameters Parameters) Count(int? atMost = null)
    {
        var where = Where(afterCursor: !specification.CountsEverything());
        var source = $"from {Narrowest()}{And(where)}";
        if ((atMost ?? specification.CountsAtMost()) is { } most)
            source = $"from (\nselect\n{source}\nlimit {most}\n) counted";
        return ($"{Clauses.Comment(specification)}select count(*)\n{source}", _values.Parameters);
    }

    /// <summary>A first sort key with few values: one range for each, every one a walk in order that ends early, and that does not begin when those before it have enough; only their heads are sorted together.</summary>
    private string Ranges(List<string> where, string source, IReadOnlyList<object> few, SortKey first, List<SortKey> order)
    {
        var rest = order.Skip(1).ToList();
        var wanted = _values.Add((long)_take + _skip);
        var ranges = (first.Descending ? few.Reverse() : few).Select((value, range) =>
        {
            var test = Test(first, value);
            var columns = string.Concat(rest.Select((key, i) => $", {key.Column} as page_sort{i}"));
            var before = string.Concat(Enumerable.Range(0, range).Select(one => $" - (select count(*) from page_range{one})"));
            var rows = $"select {Keys()}{columns}\nfrom {source}{And([.. where, test])}{By(rest)}\nlimit {wanted}";
            // How many are left to find is not known when the way is chosen: the limit inside says how few they are.
            return $"page_range{range} as (\n{(range == 0 ? rows : $"select * from (\n{rows}\n) few\nlimit {wanted}{before}")}\n)";
        });
        var heads = string.Join("\nunion all\n", Enumerable.Range(0, few.Count).Select(range => $"select *, {range} as page_range from page_range{range}"));
        var by = string.Concat(rest.Select((key, i) => $", page_sort{i}{key.Direction}"));
        return $"with {string.Join(",\n", ranges)}\nselect {KeyNames()}\nfrom (\n{heads}\n) ranges\norder by page_range{by}{Page()}";
    }

    /// <summary>The keys of a page, walked to from a place near it.</summary>
    private string From(MaintainedPlace place, List<string> where, string source, List<SortKey> order)
    {
        _values.Parameters.AddDynamicParams(place.Parameters);
        _values.Parameters.Add("skip", (long)_skip);
        var near = $"{order[0].Column} {(order[0].Descending ? "<" : ">=")} (select sort_key from place)";
        return $"with place as (\n{place.Sql}\n)\nselect {Keys()}\nfrom {source}{And([.. where, near])}{By(order)}\nlimit {_take}\noffset @skip - (select rows_before from place)";
    }

    // The version is that of the rows which this statement sees: of another one nothing is known.
    private string From((string Key, long Version) first, string version, SortKey key)
    {
        _values.Parameters.Add("walk_from", first.Key);
        _values.Parameters.Add("walk_version", first.Version);
        return $"{key.Column} >= case when ({version}) = @walk_version then @walk_from else '' end";
    }

    private List<string> Where(bool afterCursor = true)
    {
        Clauses.Check(specification);
        var conditions = specification.WhereExpressions
            .Select(where => new PredicateTranslator(_columns, _values, where.Filter.Parameters[0]).Translate(where.Filter.Body))
            .ToList();
        foreach (var (property, set) in specification.RowSets())
        {
            conditions.Add($"{_columns.Read(property.Body, property.Parameters[0], out _)} in (\n{set.Sql})");
            _values.Parameters.AddDynamicParams(set.Parameters);
        }

        (_conditions, _valuesOfConditions) = (conditions, _values.Count);
        return afterCursor && specification.Cursor()?.Value is { } cursor ? [.. conditions, After(cursor)] : conditions;
    }

    /// <summary>
    /// The statements that read on where a batch of a whole list ended. A first sort key with few values is one part for each value, read one after the other.
    /// </summary>
    /// <exception cref="NotSupportedException">A sort key may be null: nothing can be compared with it.</exception>
    public IReadOnlyList<BatchPart<T>> Parts(int size)
    {
        var where = Where();
        var order = Order();
        if (order.Find(key => key.IsNullable) is { } nullable)
            throw new NotSupportedException($"A whole list cannot be read in the order of {typeof(T).Name}.{nullable.Name}, which may be null.");
        var whole = $"{Clauses.Comment(specification)}select {map.SelectList}{Hidden(order)}\nfrom {map.From}";
        var first = order[0];
        if (first.Values is not { } few)
            return [Part(null, where, order)];
        return [.. (first.Descending ? few.Reverse() : few).Select(value => Part(value, [.. where, Test(first, value)], [.. order.Skip(1)]))];

        BatchPart<T> Part(object? value, List<string> conditions, List<SortKey> keys)
        {
            var end = $"{By(keys)}\nlimit {size}";
            var after = Beyond(keys, [.. keys.Select((_, i) => $"@after{i}")]);
            return new BatchPart<T>(
                row => value is null || value.Equals(first.Value(row)), $"{whole}{And(conditions)}{end}", $"{whole}{And([.. conditions, after])}{end}", [.. keys.Select(key => key.Value)], _values.Parameters);
        }
    }

    /// <summary>The keys of the row at the cursor are looked up in the same statement; an unknown row has none, and nothing comes after it.</summary>
    private string After(object cursor)
    {
        var source = map.Cursor ?? throw new NotSupportedException($"{typeof(T).Name} has no cursor.");
        _values.Parameters.Add("cursor", cursor);
        var keys = specification.OrderExpressions.Select(Key).ToList();
        return Beyond(keys, keys.ConvertAll(key => $"(select {source.Column(key.Name)} from {source.From})"));
    }

    private static string Beyond(List<SortKey> keys, List<string> at)
    {
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
        foreach (var key in map.PageKeys)
            _columns.Use(key);
        if (!keys.Exists(key => key.Name == map.Key))
            keys.Add(new SortKey(map.Key, map.Column(map.Key), false, null, map.KeyOf, false));
        return keys;
    }

    private SortKey Key(OrderExpressionInfo<T> order)
    {
        var parameter = order.KeySelector.Parameters[0];
        var property = ColumnReader.Property(order.KeySelector.Body, parameter);
        return new SortKey(
            property.Member.Name,
            _columns.ReadSortKey(order.KeySelector.Body, parameter),
            order.IsDescending(),
            map.EnumeratedColumns.GetValueOrDefault(property.Member.Name),
            row => RowProperty<T>.Read(property.Member.Name, row),
            ColumnReader.IsNullable(property.Type));
    }

    private bool IsNarrow => _columns.IsNarrow;

    private string Narrowest() => IsNarrow ? map.PageFrom!.From : map.From;

    private string Keys() => string.Join(", ", map.PageKeys.Select((key, i) => $"{map.Column(key)} as page_key{i}"));

    private string KeyNames() => string.Join(", ", map.PageKeys.Select((_, i) => $"page_key{i}"));

    private string Join(string page) => $"\njoin (\n{page}\n) page on " + string.Join(" and ", map.PageKeys.Select((key, i) => $"page.page_key{i} = {map.Column(key)}"));

    private static string And(List<string> conditions) => conditions.Count == 0 ? "" : "\nwhere " + string.Join("\n  and ", conditions);

    private static string By(List<SortKey> keys) => "\norder by " + string.Join(", ", keys.Select(key => key.Column + key.Direction));

    // A plan that is kept must know how few rows are wanted: with a parameter it is made for a tenth of the table.
    private string Page() =>
        (_take >= 0 ? $"\nlimit {(specification.KeepsPlan() || specification.WalksWhenMany() ? _take.ToString(CultureInfo.InvariantCulture) : _values.Add(_take))}" : "")
        + (_skip > 0 ? $"\noffset {_values.Add(_skip)}" : "");

    /// <summary>The sort keys that rows do not carry otherwise.</summary>
    private string Hidden(List<SortKey> order) =>
        string.Concat(order.Where(key => !map.IsSelected(key.Name)).Select(key => $", {map.Column(key.Name)} as \"{key.Name}\""));

    // Without the collation of the order: an index that begins with the column has its own.
    private string Test(SortKey key, object value) => value is bool yes ? (yes ? key.Column : map.Negation(key.Name)) : $"{map.Column(key.Name)} = {_values.Add(value)}";

    private sealed record SortKey(string Name, string Column, bool Descending, IReadOnlyList<object>? Values, Func<T, object?> Value, bool IsNullable)
    {
        public string Direction => Descending ? " desc" : "";
    }
}

/// <summary>Where a walk begins.</summary>
/// <param name="Version">As in <see cref="CountSource"/>.</param>
/// <param name="First">The first sort key of the first row that meets the conditions, and the version that it is of; null when it is not known.</param>
internal sealed record WalkStart(string Version, (string Key, long Version)? First);

/// <summary>A part of a whole list: the rows that have one value of the first sort key in common, or all of them.</summary>
/// <param name="Contains">Whether a row is one of them.</param>
/// <param name="Start">Its first batch.</param>
/// <param name="Next">The batch behind the row whose keys are the parameters <c>after0</c>, <c>after1</c>, …</param>
/// <param name="Keys">The sort keys of a row.</param>
/// <param name="Parameters">The values of the conditions, in both statements.</param>
internal sealed record BatchPart<T>(Func<T, bool> Contains, string Start, string Next, IReadOnlyList<Func<T, object?>> Keys, DynamicParameters Parameters)
{
    public DynamicParameters After(T row)
    {
        var parameters = new DynamicParameters(Parameters);
        for (var i = 0; i < Keys.Count; i++)
            parameters.Add($"after{i}", SqlValues.ToStored(Keys[i](row)));
        return parameters;
    }
}
