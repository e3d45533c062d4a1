using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>Writes a predicate as SQL that is true for exactly the rows for which the predicate is true. What it does not know it refuses.</summary>
internal sealed class PredicateTranslator(ColumnReader columns, SqlValues values, ParameterExpression row)
{
    private readonly CallTranslator _calls = new(columns, values, row);

    public string Translate(Expression expression)
    {
        if (!CapturedValue.Mentions(expression, row))
            return CapturedValue.Evaluate(expression) is true ? "true" : "false";
        return expression switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso } both => Join(both, "and", decisive: false),
            BinaryExpression { NodeType: ExpressionType.OrElse } either => Join(either, "or", decisive: true),
            BinaryExpression comparison => Compare(comparison),
            // A bool that is not nullable is never null; "not exists" is a join that the planner can turn around.
            UnaryExpression { NodeType: ExpressionType.Not, Operand: MemberExpression member } when member.Type == typeof(bool) && member.Member.Name is not ("HasValue" or "Value") =>
                $"not {columns.Read(member, row, out _)}",
            // "is not true" and not "not": a comparison with null is false in C#, so its negation is true.
            UnaryExpression { NodeType: ExpressionType.Not } not when not.Type == typeof(bool) => $"(({Translate(not.Operand)}) is not true)",
            MemberExpression { Member.Name: "HasValue", Expression: { } inner } when ColumnReader.IsNullable(inner.Type) => $"{columns.Read(inner, row, out _)} is not null",
            MemberExpression member when member.Type == typeof(bool) => columns.Read(member, row, out _),
            MethodCallExpression call => _calls.Translate(call),
            _ => throw Refuse(expression),
        };
    }

    public static NotSupportedException Refuse(Expression expression) => new($"Cannot be written as SQL: {expression}");

    // A closed-over left side decides as in C#: "ids == null || ids.Contains(row.Id)" must not read a null list.
    private string Join(BinaryExpression pair, string word, bool decisive)
    {
        if (!CapturedValue.Mentions(pair.Left, row))
            return CapturedValue.Evaluate(pair.Left) is bool left && left == decisive ? (decisive ? "true" : "false") : Translate(pair.Right);
        return $"({Translate(pair.Left)} {word} {Translate(pair.Right)})";
    }

    private string Compare(BinaryExpression comparison)
    {
        var (left, right, type) = CapturedValue.Mentions(comparison.Left, row)
            ? (comparison.Left, comparison.Right, comparison.NodeType)
            : (comparison.Right, comparison.Left, Flip(comparison.NodeType));
        if (CapturedValue.Mentions(right, row))
            throw Refuse(comparison);
        var column = columns.Read(left, row, out var columnType);
        var value = CapturedValue.Evaluate(right);
        if (columnType.IsEnum && value is not null)
            value = Enum.ToObject(columnType, value);
        var unstorable = value is string text && SqlValues.IsUnstorable(text);
        return type switch
        {
            ExpressionType.Equal when value is null => $"{column} is null",
            ExpressionType.NotEqual when value is null => $"{column} is not null",
            ExpressionType.Equal => unstorable ? "false" : $"{column} = {values.Add(value)}",
            ExpressionType.NotEqual => unstorable ? "true" : $"{column} is distinct from {values.Add(value)}",
            _ when value is null => "false",
            _ when columnType.IsEnum => throw Refuse(comparison),
            _ => $"{column} {Operator(type, comparison)} {values.Add(value)}",
        };
    }

    private static string Operator(ExpressionType type, Expression expression) => type switch
    {
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        _ => throw Refuse(expression),
    };

    private static ExpressionType Flip(ExpressionType type) => type switch
    {
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        _ => type,
    };
}
