using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Monolith.Testing;

/// <summary>An operation of the API document.</summary>
internal sealed record DescribedOperation(DescribedApi Api, string Id, JsonObject Responses, JsonNode? Body);

/// <summary>The API document, to look operations up and to hold JSON against its schemas.</summary>
internal sealed class DescribedApi
{
    private readonly List<(string Method, string[] Segments, DescribedOperation Operation)> _operations = [];

    public DescribedApi(JsonObject document)
    {
        Strict = new SchemaSet(document, isStrict: true);
        Lenient = new SchemaSet(document, isStrict: false);
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                // An endpoint that a test adds has no name.
                if (operation!["operationId"] is not { } name)
                    continue;
                _operations.Add((
                    method.ToUpperInvariant(),
                    path.Split('/'),
                    new DescribedOperation(this, name.GetValue<string>(), operation["responses"]!.AsObject(), operation["requestBody"])));
            }
        }
    }

    public SchemaSet Strict { get; }

    public SchemaSet Lenient { get; }

    /// <summary>The operation of a path, the one with the most literal parts; null when the document has none.</summary>
    public DescribedOperation? Find(string method, string path)
    {
        var segments = path.TrimEnd('/').Split('/');
        return _operations
            .Where(one => one.Method == method && one.Segments.Length == segments.Length
                && one.Segments.Zip(segments).All(pair => IsParameter(pair.First) ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(one => one.Segments.Count(IsParameter))
            .Select(one => one.Operation)
            .FirstOrDefault();
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}

/// <summary>The schemas of the document, ready to evaluate.</summary>
internal sealed class SchemaSet
{
    private readonly ConcurrentDictionary<string, JsonSchema> _compiled = new();
    private readonly string _definitions;

    /// <param name="document">The API document.</param>
    /// <param name="isStrict">A member that is not declared is a fault.</param>
    public SchemaSet(JsonObject document, bool isStrict)
    {
        var definitions = document["components"]!["schemas"]!.DeepClone();
        if (isStrict)
            Close(definitions);
        _definitions = Local(definitions);
    }

    /// <summary>What is wrong with a value, or null.</summary>
    public string? Faults(JsonNode schema, JsonNode? value)
    {
        var compiled = _compiled.GetOrAdd(
            schema.ToJsonString(),
            text => JsonSchema.FromText($$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","allOf":[{{text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal)}}],"$defs":{{_definitions}}}"""));
        using var element = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        var result = compiled.Evaluate(element.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        if (result.IsValid)
            return null;
        var faults = (result.Details ?? []).Where(one => one.Errors is { Count: > 0 })
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation} {error.Value}"));
        return string.Join("; ", faults.Distinct().Take(8));
    }

    private static string Local(JsonNode node) => node.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is not null && schema["additionalProperties"] is null)
                schema["additionalProperties"] = false;
            foreach (var (_, part) in schema)
                Close(part);
        }
        foreach (var part in node as JsonArray ?? [])
            Close(part);
    }
}
