using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>Examples as text: the one of the document, or where it has none the least body that has the right form.</summary>
internal static class SchemaExample
{
    private const int DeepestLevel = 4;

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The example of the document; null when it has none.</summary>
    public static string? Given(JsonNode? media) => media?["example"] is { } example ? Text(example) : null;

    /// <summary>The example of the document, or the least body.</summary>
    public static string Of(JsonNode? media, SchemaReader schemas) => Given(media) ?? Text(Least(media?["schema"], schemas, 0));

    private static string Text(JsonNode? value) => value?.ToJsonString(Form).ReplaceLineEndings("\n") ?? "null";

    private static JsonNode? Least(JsonNode? schema, SchemaReader schemas, int level)
    {
        var resolved = schemas.Resolve(schema);
        if (SchemaReader.Values(resolved) is [var first, ..])
            return JsonValue.Create(first);
        if (resolved["oneOf"] is JsonArray { Count: > 0 } forms)
            return Least(forms[0], schemas, level);
        if (resolved["items"] is { } items)
            return level > DeepestLevel ? new JsonArray() : new JsonArray(Least(items, schemas, level + 1));
        if (resolved["properties"] is JsonObject members)
        {
            var required = (resolved["required"] as JsonArray ?? []).Select(one => one!.ToString()).ToList();
            return new JsonObject(required.Where(members.ContainsKey).Select(name => KeyValuePair.Create(name, Least(members[name], schemas, level + 1))));
        }

        return (resolved["type"]?.ToString(), resolved["format"]?.ToString()) switch
        {
            ("string", "uuid") => JsonValue.Create(Guid.Empty.ToString()),
            ("string", "date-time") => JsonValue.Create("2026-01-01T00:00:00Z"),
            ("string", _) => JsonValue.Create(""),
            ("integer" or "number", _) => JsonValue.Create(0),
            ("boolean", _) => JsonValue.Create(false),
            _ => new JsonObject(),
        };
    }
}
