using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace Monolith.Data.Specifications;

/// <summary>Reads properties of rows by name. The code for it is made once a property: to compile the expression of each request costs more than its page.</summary>
internal static class RowProperty<T>
{
    private static readonly ConcurrentDictionary<string, Func<T, object?>> Readers = new(StringComparer.Ordinal);

    public static object? Read(string property, T row) => Readers.GetOrAdd(property, Compile)(row);

    private static Func<T, object?> Compile(string property)
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, object?>>(Expression.Convert(Expression.Property(row, property), typeof(object)), row).Compile();
    }
}
