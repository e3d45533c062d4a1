using System.Linq.Expressions;
using System.Reflection;

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
                columns.ReadNegated(member, row),
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

/// <summary>Parts of a predicate that do not touch the row: they have one value, read once.</summary>
internal static class CapturedValue
{
    public static bool Mentions(Expression expression, ParameterExpression row)
    {
        var search = new ParameterSearch(row);
        search.Visit(expression);
        return search.Found;
    }

    public static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        // As what a filter asks for is written. To make code for it takes longer than to write the statement.
        MemberExpression { Member: PropertyInfo property, Expression: { } inner } when !ColumnReader.IsNullable(inner.Type) && Evaluate(inner) is { } owner => property.GetValue(owner, BindingFlags.DoNotWrapExceptions, null, null, null),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    /// <summary>C# 14 turns an array into a span before it calls <c>Contains</c>; a span cannot be evaluated or mapped, its array can.</summary>
    public static Expression WithoutSpan(Expression expression) => expression switch
    {
        MethodCallExpression { Method.Name: "op_Implicit" or "AsSpan", Arguments: [var array] } call when call.Type.IsByRefLike => WithoutSpan(array),
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var array } convert when convert.Type.IsByRefLike => WithoutSpan(array),
        _ => expression,
    };

    private sealed class ParameterSearch(ParameterExpression row) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == row;
            return node;
        }
    }
}
