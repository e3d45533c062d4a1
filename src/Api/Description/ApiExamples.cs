using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Monolith.Api.Description;

/// <summary>An example for each operation. They are taken from a walk that the tests take through a running server, so each one works.</summary>
internal static class ApiExamples
{
    private static readonly Lazy<JsonObject> All = new(Read);

    public static void Add(OpenApiOperation operation)
    {
        if (operation.OperationId is not { } id || All.Value[id] is not JsonObject example)
            return;
        if (example["request"] is { } request)
            Set(operation.RequestBody?.Content, request);
        if (example["response"] is { } response && operation.Responses?.GetValueOrDefault(example["status"]!.GetValue<string>()) is { } answered)
            Set(answered.Content, response);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (example["parameters"]?[parameter.Name!] is { } value)
                parameter.Example = parameter.Schema?.Type is JsonSchemaType.Integer or JsonSchemaType.Boolean ? JsonNode.Parse(value.ToString()) : value.DeepClone();
        }
    }

    private static void Set(IDictionary<string, OpenApiMediaType>? content, JsonNode example)
    {
        if (content is not null && content.TryGetValue("application/json", out var json))
            json.Example = example.DeepClone();
    }

    private static JsonObject Read()
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream("examples.json");
        return file is null ? [] : JsonNode.Parse(file)!.AsObject();
    }
}
