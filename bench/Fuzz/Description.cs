using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Monolith.Fuzz;

/// <summary>A parameter of an operation.</summary>
internal sealed record Parameter(string Name, string Place, JsonNode? Schema);

/// <summary>One operation of the description.</summary>
internal sealed record Operation(string Method, string Path, IReadOnlyList<Parameter> Parameters, IReadOnlyList<string> MediaTypes, JsonNode? Body)
{
    public string Name => $"{Method} {Path}";
}

/// <summary>What the server says about itself.</summary>
internal static class Description
{
    public static async Task<IReadOnlyList<Operation>> ReadAsync(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        var document = (await http.GetFromJsonAsync<JsonNode>("/openapi/v2.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where operation.Value is JsonObject && path.Key.StartsWith("/api/", StringComparison.Ordinal)
               orderby path.Key, operation.Key
               let parameters = Parameters(path.Value!["parameters"], document).Concat(Parameters(operation.Value!["parameters"], document))
               let content = operation.Value!["requestBody"]?["content"]?.AsObject()
               select new Operation(
                   operation.Key.ToUpperInvariant(),
                   path.Key,
                   [.. parameters],
                   [.. content?.Select(one => one.Key) ?? []],
                   Resolve(content?.FirstOrDefault(one => one.Key.Contains("json", StringComparison.Ordinal)).Value?["schema"], document)),
        ];
    }

    private static IEnumerable<Parameter> Parameters(JsonNode? list, JsonNode document) =>
        (list?.AsArray() ?? []).Select(one => Deref(one, document)!).Select(one =>
            new Parameter(one["name"]!.GetValue<string>(), one["in"]!.GetValue<string>(), Resolve(one["schema"], document)));

    /// <summary>The schema with every reference in place, to a depth that no real body has.</summary>
    private static JsonObject? Resolve(JsonNode? schema, JsonNode document, int depth = 0)
    {
        var found = Deref(schema, document);
        if (found is not JsonObject node || depth > 6)
            return null;
        var copy = new JsonObject();
        foreach (var (name, value) in node)
        {
            copy[name] = name switch
            {
                "properties" => new JsonObject(value!.AsObject().Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Resolve(one.Value, document, depth + 1)))),
                "items" or "additionalProperties" when value is JsonObject => Resolve(value, document, depth + 1),
                "oneOf" or "anyOf" or "allOf" => new JsonArray([.. value!.AsArray().Select(one => (JsonNode?)Resolve(one, document, depth + 1))]),
                _ => value?.DeepClone(),
            };
        }

        return copy;
    }

    private static JsonNode? Deref(JsonNode? node, JsonNode document)
    {
        while (node is JsonObject && node["$ref"]?.GetValue<string>() is { } reference)
            node = reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, name) => at?[name]);
        return node;
    }
}
