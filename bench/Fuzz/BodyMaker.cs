using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Fuzz;

/// <summary>Writes bodies after their schema, as text: some of what it writes is no JSON.</summary>
internal sealed class BodyMaker(Random random, World world)
{
    private static readonly JsonSerializerOptions Plain = new();
    private int _hostility;

    /// <summary>A body; hostile in places when it is its turn.</summary>
    public string Make(Operation operation)
    {
        // Two of three bodies are good throughout, so that they reach the handlers.
        _hostility = random.Next(3) == 0 ? 12 : 0;
        return Events.Of(operation.Path) is { } events
            ? $"{{\"{events.Envelope}\":{Value(events.List, "", "event", 0)}}}"
            : Value(operation.Body, "", Kinds.OfPath(operation.Path), 0);
    }

    /// <summary>One event of a stream: an item of the list that the whole body holds.</summary>
    public string MakeLine(Operation operation)
    {
        _hostility = random.Next(3) == 0 ? 12 : 0;
        return Value(Events.Of(operation.Path)?.List["items"] ?? operation.Body, "", "event", 0);
    }

    private string Value(JsonNode? schema, string name, string around, int depth)
    {
        if (random.Next(100) < _hostility)
            return Hostile.Json[random.Next(Hostile.Json.Length)];
        if (schema?["oneOf"] is JsonArray { Count: > 0 } choices)
            return Value(choices[random.Next(choices.Count)], name, around, depth);
        if (schema?["allOf"] is JsonArray { Count: > 0 } parts)
            return Value(parts[0], name, around, depth);
        if (schema?["enum"] is JsonArray { Count: > 0 } values)
            return values[random.Next(values.Count)]?.ToJsonString() ?? "null";
        var type = Type(schema);
        if (type == "object" && depth < 5)
            return Thing(schema!, around, depth);
        if (type == "array" && depth < 5)
            return $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(schema!["items"], name, around, depth + 1)))}]";
        return type switch
        {
            "integer" or "number" => random.Next(0, 1000).ToString(CultureInfo.InvariantCulture),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            _ => JsonSerializer.Serialize(Text(schema, name, around), Plain),
        };
    }

    private string Thing(JsonNode schema, string around, int depth)
    {
        var required = schema["required"]?.AsArray().Select(one => one!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        var members = (schema["properties"]?.AsObject() ?? [])
            .Where(one => required.Contains(one.Key) || random.Next(100) < 60)
            .Select(one => $"{JsonSerializer.Serialize(one.Key, Plain)}:{Value(one.Value, one.Key, around, depth + 1)}")
            .ToList();
        if (schema["additionalProperties"] is JsonObject more)
            members.AddRange(Enumerable.Range(0, random.Next(3)).Select(i => $"\"key{i}\":{Value(more, "", around, depth + 1)}"));
        if (random.Next(100) < _hostility && members.Count > 0)
            members.Add(members[random.Next(members.Count)]);
        if (random.Next(100) < _hostility)
            members.Add($"\"\\ud800\":{Hostile.Json[random.Next(Hostile.Json.Length)]}");
        return $"{{{string.Join(',', members)}}}";
    }

    private string Text(JsonNode? schema, string name, string around)
    {
        var format = schema?["format"]?.ToString();
        if (Kinds.OfField(name, around) is { } kind && random.Next(100) < 80 && name != "id" && Seen(kind, format == "uuid") is { } seen)
            return seen;
        return (name, format) switch
        {
            (_, "uuid") => random.Next(3) == 0 && world.Pick("user", random) is { } id && Guid.TryParse(id, out _) ? id : Guid.CreateVersion7().ToString(),
            (_, "date-time") => $"2026-0{random.Next(1, 10)}-1{random.Next(10)}T0{random.Next(10)}:00:00Z",
            (_, "date") => $"2026-0{random.Next(1, 10)}-1{random.Next(10)}",
            ("email", _) => $"f{random.Next(100_000)}@example.com",
            ("password" or "old_password", _) => "Correct-Horse-9-Battery",
            ("user_status" or "status", _) => random.Next(2) == 0 ? "active" : "dormant",
            ("login_type", _) => random.Next(2) == 0 ? "password" : "none",
            ("transition", _) => random.Next(2) == 0 ? "start" : "stop",
            ("action", _) => random.Next(2) == 0 ? "read" : "update",
            ("resource_type" or "type", _) => random.Next(2) == 0 ? "workspace" : "user",
            ("scope", _) => random.Next(2) == 0 ? "all" : "user:read",
            ("scopes", _) => random.Next(2) == 0 ? "user:read" : "workspace:read",
            _ => $"f{random.Next(100_000)}",
        };
    }

    private string? Seen(string kind, bool asUuid) =>
        Enumerable.Range(0, 10).Select(_ => world.Pick(kind, random)).FirstOrDefault(value => value is not null && (!asUuid || Guid.TryParse(value, out Guid _)));

    private string Type(JsonNode? schema) => schema?["type"] switch
    {
        JsonArray { Count: > 0 } several => several.Select(one => one!.GetValue<string>()).OrderBy(one => one == "null").ElementAt(random.Next(10) == 0 ? several.Count - 1 : 0),
        JsonValue one => one.GetValue<string>(),
        _ => schema?["properties"] is not null ? "object" : "string",
    };
}
