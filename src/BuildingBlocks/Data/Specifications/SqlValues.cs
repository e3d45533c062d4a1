using System.Collections;
using System.Text.Json;
using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>The parameters of one statement, in the form PostgreSQL stores them: enums as snake_case text, times in UTC.</summary>
internal sealed class SqlValues
{
    private int _count;

    public DynamicParameters Parameters { get; } = new();

    /// <summary>How many there are, named here or taken in with a set of rows.</summary>
    public int Count => Parameters.ParameterNames.Count();

    /// <summary>Takes a value in; answers the name to write into the statement.</summary>
    public string Add(object? value)
    {
        var name = $"p{_count++}";
        Parameters.Add(name, ToStored(value));
        return "@" + name;
    }

    /// <summary>The text of an enum value in the database.</summary>
    public static string TextOf(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>A typed array without its nulls and without text that no column can hold.</summary>
    public static Array ToArray(IEnumerable values, Type elementType, out bool hadNull)
    {
        var all = values.Cast<object?>().ToList();
        hadNull = all.Contains(null);
        var kept = all.Where(value => value is not null && !(value is string text && IsUnstorable(text))).Select(ToStored).ToList();
        var type = Nullable.GetUnderlyingType(elementType) ?? elementType;
        var array = Array.CreateInstance(type.IsEnum ? typeof(string) : type, kept.Count);
        for (var i = 0; i < kept.Count; i++)
            array.SetValue(kept[i], i);
        return array;
    }

    /// <summary>Text with a NUL or half a surrogate pair: PostgreSQL refuses it as a parameter, and no column can equal it.</summary>
    public static bool IsUnstorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
                return true;
        }
        return false;
    }

    public static object? ToStored(object? value) => value switch
    {
        Enum constant => TextOf(constant),
        DateTimeOffset time => time.ToUniversalTime(),
        _ => value,
    };
}
