using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using Dapper;
using Monolith.Data.Connections;

namespace Monolith.Data.Specifications;

/// <summary>Where the properties of a row live in the database. It is the only source of a select list.</summary>
/// <typeparam name="T">A flat row that Dapper can read: settable properties, or a positional record of the mapped properties.</typeparam>
public sealed class TableMap<T>
{
    // Values never stand in a text, but for the number of rows in some: many limits make many texts.
    private const int MostTexts = 200;

    private readonly ConcurrentDictionary<StatementShape, string> _texts = [];
    private readonly Dictionary<string, string> _columns;
    private readonly Dictionary<string, string> _negations;
    private readonly HashSet<string> _filterOnly;
    private readonly Lazy<Func<DbDataReader, T>?> _read;

    /// <param name="from">What follows <c>from</c>: tables and joins with aliases, no <c>where</c>.</param>
    /// <param name="key">The property that is unique among the rows; it ends every order.</param>
    /// <param name="declare">Names each column once.</param>
    /// <exception cref="ArgumentException">A column is not that of a property of <typeparamref name="T"/>, or the key is unmapped.</exception>
    public TableMap(string from, Expression<Func<T, object?>> key, Action<ColumnMap<T>> declare)
    {
        var columns = new ColumnMap<T>();
        declare(columns);
        (_columns, _negations, _filterOnly, From, Key) = (columns.Columns, columns.Negations, columns.FilterOnly, from, ColumnMap<T>.NameOf(key));
        if (!_columns.ContainsKey(Key))
            throw new ArgumentException($"The key {Key} of {typeof(T).Name} is not mapped.", nameof(key));
        PageKeys = [Key];
        KeyOf = key.Compile();
        IReadOnlyList<string> selected = [.. InConstructorOrder().Except(_filterOnly)];
        SelectList = string.Join(", ", selected.Select(name => $"{_columns[name]} as \"{name}\""));
        Selected = selected.Count;
        _read = new Lazy<Func<DbDataReader, T>?>(() => RowReader.Of<T>(selected));
    }

    /// <summary>What follows <c>from</c>.</summary>
    public string From { get; }

    /// <summary>The unique property.</summary>
    public string Key { get; }

    /// <summary>Optional: a cheaper way to find and count rows.</summary>
    public PageSource? PageFrom { get; init; }

    /// <summary>Optional: how the list is counted where nobody keeps the number; else row by row.</summary>
    public CountSource? Counting { get; init; }

    /// <summary>The properties that together name one row of the whole table; the key alone when it is unique there too.</summary>
    public IReadOnlyList<string> PageKeys { get; init; } = [];

    /// <summary>Optional: where the sort keys of the row are found after which a page begins.</summary>
    public CursorSource? Cursor { get; init; }

    /// <summary>Properties with few values, which are listed in ascending order. A page ordered by one of them is read as a range for each value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<object>> EnumeratedColumns { get; init; } = new Dictionary<string, IReadOnlyList<object>>();

    /// <summary>How a page finds its way: a page of ranges, one for each value of its first sort key, by one process.</summary>
    internal Planning PlanningOf(ISpecification<T> specification) =>
        specification.KeepsPlan() ? Planning.Kept
        : specification.OrderExpressions.FirstOrDefault() is { } first && EnumeratedColumns.ContainsKey(ColumnReader.Property(first.KeySelector.Body, first.KeySelector.Parameters[0]).Member.Name) ? Planning.FreshAlone
        : Planning.Fresh;

    /// <summary>Every mapped column that is read, under the name of its property.</summary>
    public string SelectList { get; }

    /// <summary>The column expression of a property.</summary>
    /// <exception cref="NotSupportedException">The property is not mapped.</exception>
    public string Column(string property) => _columns.TryGetValue(property, out var column)
        ? column
        : throw new NotSupportedException($"{typeof(T).Name}.{property} is not mapped to a column.");

    /// <summary>What is true where the bool column of a property is false.</summary>
    internal string Negation(string property) => _negations.TryGetValue(property, out var negation) ? negation : $"not {Column(property)}";

    /// <summary>A statement of this shape, written by the first who needs it. In bounded memory.</summary>
    internal string Text(StatementShape shape, Func<StatementShape, string> write)
    {
        if (_texts.TryGetValue(shape, out var text))
            return text;
        text = write(shape);
        return _texts.Count < MostTexts ? _texts.GetOrAdd(shape, LastingTexts.Keep(text)) : text;
    }

    /// <summary>The number of columns in <see cref="SelectList"/>.</summary>
    internal int Selected { get; }

    internal Func<T, object?> KeyOf { get; }

    /// <summary>Takes rows from the first columns of a reader: those of <see cref="SelectList"/>.</summary>
    internal Func<DbDataReader, T> RowsOf(DbDataReader reader) => _read.Value ?? reader.GetRowParser<T>(length: Selected);

    internal bool IsSelected(string property) => !_filterOnly.Contains(property);

    // Dapper picks a record's constructor by the order of the columns.
    private IEnumerable<string> InConstructorOrder()
    {
        var parameters = typeof(T).GetConstructors()
            .Select(constructor => constructor.GetParameters().Select(parameter => parameter.Name!).ToList())
            .FirstOrDefault(names => names.Count == _columns.Count && names.TrueForAll(_columns.ContainsKey));
        return parameters ?? (IEnumerable<string>)_columns.Keys;
    }
}

/// <summary>What two statements over one map have in common when they have the same text.</summary>
internal readonly record struct StatementShape(string Comment, string Beside, string Where, string By, string Page, bool KeysFirst, bool IsNarrow);

/// <summary>The columns of a map.</summary>
public sealed class ColumnMap<T>
{
    internal Dictionary<string, string> Columns { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, string> Negations { get; } = new(StringComparer.Ordinal);

    internal HashSet<string> FilterOnly { get; } = new(StringComparer.Ordinal);

    /// <summary>A column that is read.</summary>
    /// <param name="property">Such as <c>row =&gt; row.Username</c>.</param>
    /// <param name="column">A column expression, such as <c>u.username</c> or <c>lower(u.username)</c>.</param>
    public ColumnMap<T> Read(Expression<Func<T, object?>> property, string column)
    {
        Columns.Add(NameOf(property), column);
        return this;
    }

    /// <summary>A column that conditions and orders may use and no select list reads.</summary>
    /// <param name="property">As in <see cref="Read"/>.</param>
    /// <param name="column">As in <see cref="Read"/>.</param>
    public ColumnMap<T> FilterBy(Expression<Func<T, object?>> property, string column)
    {
        FilterOnly.Add(NameOf(property));
        return Read(property, column);
    }

    /// <summary>As <see cref="FilterBy(Expression{Func{T, object}}, string)"/>, for a bool column whose contrary has a cheaper way to be found.</summary>
    /// <param name="property">As in <see cref="Read"/>.</param>
    /// <param name="column">As in <see cref="Read"/>.</param>
    /// <param name="negation">True exactly where the column is false, and never null.</param>
    public ColumnMap<T> FilterBy(Expression<Func<T, object?>> property, string column, string negation)
    {
        Negations.Add(NameOf(property), negation);
        return FilterBy(property, column);
    }

    internal static string NameOf(Expression<Func<T, object?>> property) =>
        (property.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : property.Body) is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException($"Not a property of {typeof(T).Name}: {property.Body}");
}

/// <summary>A smaller from clause that yields the same rows as the whole one, with the same aliases but fewer columns.</summary>
/// <param name="From">What follows <c>from</c>; for example only the table whose index is in display order.</param>
/// <param name="Properties">The properties whose columns it offers, the key among them. Other conditions use the whole clause.</param>
public sealed record PageSource(string From, IReadOnlySet<string> Properties);

/// <summary>The sort keys of one row, by its key.</summary>
/// <param name="From">What follows <c>from</c> and finds at most one row for the parameter <c>@cursor</c>.</param>
/// <param name="Columns">Sort property to column expression.</param>
public sealed record CursorSource(string From, IReadOnlyDictionary<string, string> Columns)
{
    internal string Column(string property) => Columns.TryGetValue(property, out var column)
        ? column
        : throw new NotSupportedException($"A page cannot begin after a row in the order of {property}.");
}
