using System.Data.Common;
using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>Takes rows from a reader column by column, each as the type of its property: nothing is boxed on the way. The code is made once for a kind of row.</summary>
internal static class RowReader
{
    private static readonly HashSet<Type> Known =
        [typeof(Guid), typeof(string), typeof(bool), typeof(int), typeof(long), typeof(DateTimeOffset), typeof(DateOnly), typeof(string[]), typeof(Guid[])];

    /// <summary>Null for a row with a constructor or a type that only the parser of the library knows.</summary>
    /// <param name="properties">Of the columns, in their order.</param>
    public static Func<DbDataReader, T>? Of<T>(IReadOnlyList<string> properties)
    {
        var members = properties.Select(name => typeof(T).GetProperty(name)!).ToList();
        var maker = typeof(T).GetConstructor(Type.EmptyTypes);
        if (maker is null || members.Exists(member => !Known.Contains(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType)))
            return null;

        var source = Expression.Parameter(typeof(DbDataReader));
        var row = Expression.MemberInit(Expression.New(maker), members.Select((member, index) => Expression.Bind(member, Value(source, index, member.PropertyType))));
        return Expression.Lambda<Func<DbDataReader, T>>(row, source).Compile();
    }

    private static ConditionalExpression Value(ParameterExpression source, int index, Type type)
    {
        var at = Expression.Constant(index);
        Expression value = Expression.Call(source, nameof(DbDataReader.GetFieldValue), [Nullable.GetUnderlyingType(type) ?? type], at);
        return Expression.Condition(Expression.Call(source, nameof(DbDataReader.IsDBNull), null, at), Expression.Default(type), Expression.Convert(value, type));
    }
}
