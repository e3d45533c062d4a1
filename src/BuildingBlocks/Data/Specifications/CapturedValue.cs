using System.Linq.Expressions;
using System.Reflection;

namespace Monolith.Data.Specifications;

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
