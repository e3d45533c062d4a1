using System.Runtime.InteropServices;
using System.Text.Json;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Looks into JSON of a client without ever throwing: half a surrogate pair and bad UTF-8 cannot be read at all, and PostgreSQL text holds no NUL.</summary>
internal static class StorableJson
{
    /// <summary>An object that is kept may be this large, and a list of objects stays an answer that can be written.</summary>
    public const int LargestObject = 64 * 1024;

    /// <summary>Levels in an object that is kept. The answer that shows it adds some, and readers end at 64.</summary>
    public const int DeepestObject = 32;

    /// <summary>The text of a string; null when it cannot be read or stored.</summary>
    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? Read(value, static text => text.GetString()) : null;

    /// <summary>The members of an object by name, the last of each name; nothing for another value. Members whose names cannot be read are like other unknown ones: left out.</summary>
    public static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
            return members;
        foreach (var member in value.EnumerateObject())
        {
            if (Name(member) is { } name)
                members[name] = member.Value;
        }

        return members;
    }

    /// <summary>True for an object that may be kept as it is.</summary>
    public static bool IsObject(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(value).Length <= LargestObject && IsStorable(value, DeepestObject);

    private static bool IsStorable(JsonElement value, int levels) => value.ValueKind switch
    {
        JsonValueKind.Object => levels > 0 && value.EnumerateObject().All(member => Name(member) is not null && IsStorable(member.Value, levels - 1)),
        JsonValueKind.Array => levels > 0 && value.EnumerateArray().All(item => IsStorable(item, levels - 1)),
        JsonValueKind.String => Text(value) is not null,
        _ => true,
    };

    private static string? Name(JsonProperty member) => Read(member, static one => one.Name);

    private static string? Read<T>(T source, Func<T, string?> read)
    {
        try
        {
            return read(source) is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
