using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>Finds the column that an expression means and keeps account of whether a smaller source has all that were used.</summary>
/// <param name="column">Property name to column expression; throws for an unmapped one.</param>
/// <param name="negation">Property name to an expression that is true where a bool column is false.</param>
/// <param name="few">The properties of the smaller source; null when there is none.</param>
internal sealed class ColumnReader(Func<string, string> column, Func<string, string> negation, IReadOnlySet<string>? few)
{
    /// <summary>Whether every property used so far is one of the few.</summary>
    public bool IsNarrow { get; private set; } = few is not null;

    /// <summary>The column of <c>row.Property</c>; <paramref name="type"/> is the property's type without <c>Nullable</c>.</summary>
    public string Read(Expression expression, ParameterExpression row, out Type type)
    {
        var property = Property(expression, row);
        type = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        Use(property.Member.Name);
        return column(property.Member.Name);
    }

    /// <summary>What is true where the bool column of <c>row.Property</c> is false.</summary>
    public string ReadNegated(Expression expression, ParameterExpression row)
    {
        Read(expression, row, out _);
        return negation(Property(expression, row).Member.Name);
    }

    /// <summary>The column as a sort key. Text sorts by code unit, whatever the collation of the database.</summary>
    public string ReadSortKey(Expression expression, ParameterExpression row)
    {
        var text = Read(expression, row, out var type);
        return type == typeof(string) || type.IsEnum ? text + " collate \"C\"" : text;
    }

    /// <summary>A property is used beside those that are read.</summary>
    public void Use(string property) => IsNarrow = IsNarrow && few!.Contains(property);

    public static MemberExpression Property(Expression expression, ParameterExpression row) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert when KeepsValue(convert) => Property(convert.Operand, row),
        MemberExpression { Member.Name: "Value", Expression: { } inner } when IsNullable(inner.Type) => Property(inner, row),
        MemberExpression { Expression: { } owner } member when owner == row || owner is UnaryExpression { NodeType: ExpressionType.Convert } cast && cast.Operand == row => member,
        _ => throw new NotSupportedException($"Not a mapped property: {expression}"),
    };

    public static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    // Enums are compared as integers by the compiler, values are lifted to nullable or boxed; all else changes the value.
    private static bool KeepsValue(UnaryExpression convert)
    {
        var from = Nullable.GetUnderlyingType(convert.Operand.Type) ?? convert.Operand.Type;
        var to = Nullable.GetUnderlyingType(convert.Type) ?? convert.Type;
        return from == to || from.IsEnum || to == typeof(object) || (from == typeof(int) && to == typeof(long)) || to.IsAssignableFrom(from);
    }
}
