using System.Collections;
using System.Linq.Expressions;
using Monolith.Data.Search;

namespace Monolith.Data.Specifications;

/// <summary>The method calls a predicate may make: text tests, membership in a list, overlap of two lists.</summary>
internal sealed class CallTranslator(ColumnReader columns, SqlValues values, ParameterExpression row)
{
    public string Translate(MethodCallExpression call)
    {
        if (call.Method.DeclaringType == typeof(string) && call.Object is { } subject)
            return Like(call, subject);
        if (AsContains(call) is var (source, item))
            return Contains(call, source, item);
        if (call is { Method.Name: "Any", Arguments: [var list, LambdaExpression { Parameters: [var element] } any] }
            && call.Method.DeclaringType == typeof(Enumerable)
            && any.Body is MethodCallExpression inner && AsContains(inner) is var (wanted, candidate) && candidate == element)
            return Overlaps(call, list, wanted);
        throw PredicateTranslator.Refuse(call);
    }

    private static (Expression Source, Expression Item)? AsContains(MethodCallExpression call)
    {
        if (call.Method.Name != "Contains" || call.Method.DeclaringType == typeof(string))
            return null;
        return call switch
        {
            { Object: { } source, Arguments: [var item] } => (source, item),
            { Object: null, Arguments: [var source, var item] } when IsLibrary(call) => (CapturedValue.WithoutSpan(source), item),
            { Object: null, Arguments: [var source, var item, ConstantExpression { Value: null }] } when IsLibrary(call) => (CapturedValue.WithoutSpan(source), item),
            _ => null,
        };
    }

    private static bool IsLibrary(MethodCallExpression call) =>
        call.Method.DeclaringType == typeof(Enumerable) || call.Method.DeclaringType == typeof(MemoryExtensions);

    /// <summary>Part of a text, with the wildcards of the value made literal.</summary>
    private string Like(MethodCallExpression call, Expression subject)
    {
        if (call.Method.Name is not nameof(string.Contains) || call.Arguments.Any(argument => CapturedValue.Mentions(argument, row)))
            throw PredicateTranslator.Refuse(call);
        var comparison = call.Arguments.Count == 1 ? StringComparison.Ordinal : CapturedValue.Evaluate(call.Arguments[1]) as StringComparison?;
        if (comparison is not (StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase)
            || CapturedValue.Evaluate(call.Arguments[0])?.ToString() is not { } text)
            throw PredicateTranslator.Refuse(call);
        var column = columns.Read(subject, row, out _);
        // The backslash escapes without being named; named, it is a call for each row of a plan that is kept.
        return SqlValues.IsUnstorable(text)
            ? "false"
            : $"{column} {(comparison == StringComparison.Ordinal ? "like" : "ilike")} {values.Add(LiteralPattern.Containing(text))}";
    }

    private string Contains(MethodCallExpression call, Expression source, Expression item)
    {
        if (CapturedValue.Mentions(source, row))
        {
            if (CapturedValue.Mentions(item, row))
                throw PredicateTranslator.Refuse(call);
            var list = columns.Read(source, row, out _);
            return CapturedValue.Evaluate(item) is string text && SqlValues.IsUnstorable(text)
                ? "false"
                : $"{values.Add(CapturedValue.Evaluate(item))} = any({list})";
        }

        var column = columns.Read(item, row, out var type);
        var members = Values(call, source, type, out var hadNull);
        // One value is an equality: behind it an index keeps its order.
        var match = members.Length == 1 ? $"{column} = {values.Add(members.GetValue(0))}" : $"{column} = any({values.Add(members)})";
        return hadNull ? $"({match} or {column} is null)" : match;
    }

    private string Overlaps(MethodCallExpression call, Expression list, Expression wanted)
    {
        var column = columns.Read(CapturedValue.WithoutSpan(list), row, out var type);
        var element = type.GetElementType() ?? type.GetGenericArguments().FirstOrDefault() ?? throw PredicateTranslator.Refuse(call);
        var members = Values(call, wanted, element, out var hadNull);
        return hadNull ? throw PredicateTranslator.Refuse(call) : $"{column} && {values.Add(members)}";
    }

    private static Array Values(MethodCallExpression call, Expression source, Type element, out bool hadNull)
    {
        // Another equality than the database's would silently give other rows.
        if (CapturedValue.Evaluate(source) is not IEnumerable list || list is HashSet<string> { Comparer: var comparer } && !IsOrdinal(comparer))
            throw PredicateTranslator.Refuse(call);
        return SqlValues.ToArray(list, element, out hadNull);
    }

    private static bool IsOrdinal(IEqualityComparer<string> comparer) =>
        comparer.Equals(EqualityComparer<string>.Default) || comparer.Equals(StringComparer.Ordinal);
}
