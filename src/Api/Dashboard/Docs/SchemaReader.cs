using System.Text.Json.Nodes;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>Says in words what the schemas of the API document are.</summary>
internal sealed class SchemaReader(JsonObject schemas)
{
    private const string Prefix = "#/components/schemas/";

    private static readonly string[] Bounds = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default"];

    /// <summary>What a type is called.</summary>
    public static IReadOnlyList<TypePart> Words(JsonNode? schema) => [.. Parts(schema as JsonObject)];

    /// <summary>The values that the schema lists; empty when it lists none.</summary>
    public static IReadOnlyList<string> Values(JsonNode? schema) => [.. (schema?["enum"] as JsonArray ?? []).OfType<JsonNode>().Select(value => value.ToString())];

    /// <summary>The type of that name.</summary>
    public ReferenceType Named(string name) => Describe(name, schemas[name] as JsonObject ?? []);

    /// <summary>The type that the schema names or is; null when it has no members.</summary>
    public ReferenceType? Content(JsonNode? schema) =>
        NameOf(schema) is { } name ? Named(name) : schema is JsonObject { Count: > 0 } own && own.ContainsKey("properties") ? Describe("", own) : null;

    /// <summary>The schema itself, where it is only named.</summary>
    public JsonObject Resolve(JsonNode? schema) => (NameOf(schema) is { } name ? schemas[name] : schema) as JsonObject ?? [];

    /// <summary>All types that are reached from here, by name.</summary>
    public IReadOnlyList<ReferenceType> TypesBelow(IEnumerable<JsonNode?> roots)
    {
        var found = new HashSet<string>();
        var open = new Stack<JsonNode?>(roots);
        while (open.TryPop(out var node))
        {
            if (NameOf(node) is { } name && found.Add(name))
                open.Push(schemas[name]);
            foreach (var part in node switch { JsonObject members => members.Select(one => one.Value), JsonArray items => items, _ => [] })
                open.Push(part);
        }

        return [.. found.Order(StringComparer.Ordinal).Select(Named)];
    }

    // The name that a reference holds; null for anything else.
    private static string? NameOf(JsonNode? schema) =>
        schema is JsonObject one && one["$ref"]?.ToString() is { } link && link.StartsWith(Prefix, StringComparison.Ordinal) ? link[Prefix.Length..] : null;

    private static ReferenceType Describe(string name, JsonObject schema)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(one => one!.ToString()).ToHashSet();
        var members = (schema["properties"] as JsonObject ?? [])
            .Select(one => new ReferenceMember(one.Key, Words(one.Value), required.Contains(one.Key), Description(one.Value)))
            .ToList();
        return new(name, Description(schema), members, Values(schema), members.Count > 0 ? [] : Words(schema));
    }

    private static string Description(JsonNode? schema) => schema?["description"]?.ToString() ?? "";

    private static IEnumerable<TypePart> Parts(JsonObject? schema)
    {
        if (schema is null || schema.Count == 0)
            return [new("any value")];
        if (NameOf(schema) is { } name)
            return [new(name, name)];
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray forms)
            return forms.OrderBy(form => form?["type"]?.ToString() == "null").SelectMany((form, index) => Parts(form as JsonObject).Prepend(new(index == 0 ? "" : " or ")));
        if (schema["items"] is JsonObject items)
            return Parts(items).Prepend(new("array of ")).Append(new(Limits(schema) + OrNull(schema)));
        if (schema["additionalProperties"] is JsonObject values)
            return Parts(values).Prepend(new("object of ")).Append(new(OrNull(schema)));
        return [new(string.Join(" or ", Types(schema).DefaultIfEmpty("any value")) + Limits(schema) + OrNull(schema))];
    }

    private static IEnumerable<string> Types(JsonObject schema) => AllTypes(schema).Where(type => type != "null");

    private static string OrNull(JsonObject schema) => AllTypes(schema).Contains("null") ? " or null" : "";

    private static IEnumerable<string> AllTypes(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => several.Select(type => type!.ToString()),
        { } one => [one.ToString()],
        null => [],
    };

    private static string Limits(JsonObject schema)
    {
        var limits = Bounds.Where(schema.ContainsKey).Select(bound => $"{bound} {schema[bound]}");
        return (schema["format"] is { } format ? limits.Prepend(format.ToString()) : limits).ToList() is { Count: > 0 } all ? $" ({string.Join(", ", all)})" : "";
    }
}
