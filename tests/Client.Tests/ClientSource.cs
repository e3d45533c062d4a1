using System.Text.Json.Nodes;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace Monolith.Client.Tests;

/// <summary>The generated half of the client, from the OpenAPI 3.0 document.</summary>
internal static class ClientSource
{
    public static async Task<string> GenerateAsync(string document)
    {
        var api = await OpenApiDocument.FromJsonAsync(Simplified(document));
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "MonolithClient",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            InjectHttpClient = true,
            DisposeHttpClient = false,
            UseBaseUrl = false,
            GenerateClientInterfaces = false,
            GenerateOptionalParameters = true,
            ParameterNameGenerator = new Names(),
            // One type of exception, by hand: every failure has the same body.
            GenerateExceptionClasses = false,
            ExceptionClass = "MonolithException",
            ParameterArrayType = "System.Collections.Generic.IEnumerable",
            ResponseArrayType = "System.Collections.Generic.IReadOnlyList",
            CSharpGeneratorSettings =
            {
                Namespace = "Monolith.Client",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                JsonLibraryVersion = 10,
                ClassStyle = CSharpClassStyle.Poco,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
                GenerateDataAnnotations = false,
                PropertyNameGenerator = new Names(),
                EnumNameGenerator = new Names(),
                UseRequiredKeyword = true,
                ArrayType = "System.Collections.Generic.IReadOnlyList",
                ArrayInstanceType = "System.Collections.Generic.List",
                DictionaryType = "System.Collections.Generic.IReadOnlyDictionary",
                DictionaryInstanceType = "System.Collections.Generic.Dictionary",
                DateType = "System.DateOnly",
                DateTimeType = "System.DateTimeOffset",
                AnyType = "System.Text.Json.JsonElement",
            },
        };
        return new CSharpClientGenerator(api, settings).GenerateFile().ReplaceLineEndings("\n");
    }

    /// <summary>The document without what the client does not use, or has by hand.</summary>
    private static string Simplified(string text)
    {
        var document = JsonNode.Parse(text)!;
        // In an order that does not change when code moves.
        document["paths"] = Sorted(document["paths"]!, path => Sorted(path, operation => operation.DeepClone()));
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(one => one.Value!.AsObject()))
        {
            var responses = operation["responses"]!.AsObject();
            foreach (var failure in responses.Select(one => one.Key).Where(status => status[0] != '2').ToList())
                responses.Remove(failure);
            foreach (var response in responses.Select(one => one.Value!.AsObject()))
            {
                response.Remove("headers");
                OnlyJson(response["content"]);
            }
            OnlyJson(operation["requestBody"]?["content"]);
            foreach (var parameter in operation["parameters"]?.AsArray().Select(one => one!.AsObject()) ?? [])
                NameValues(operation["operationId"]!.GetValue<string>(), parameter, schemas);
        }
        // What a newer server adds is passed over, and not kept in a bag on every object.
        foreach (var schema in schemas.Select(one => one.Value!.AsObject()).Where(schema => schema["properties"] is not null))
            schema["additionalProperties"] ??= false;
        // A text or an object: a client sends the object.
        schemas["AllowListEntry"] = schemas["AllowListTarget"]!.DeepClone();
        return document.ToJsonString();
    }

    private static JsonObject Sorted(JsonNode node, Func<JsonNode, JsonNode> copy) =>
        new(node.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)copy(one.Value!))));

    private static void OnlyJson(JsonNode? content)
    {
        foreach (var (type, media) in content?.AsObject().ToList() ?? [])
        {
            media!.AsObject().Remove("example");
            if (type != "application/json" && content!["application/json"] is not null)
                content.AsObject().Remove(type);
        }
    }

    // Where the parameter of an operation has values of its own.
    private static readonly Dictionary<string, string> OwnValues = new(StringComparer.Ordinal) { ["list-ai-seats sort"] = "SeatSort" };

    /// <summary>The values of a parameter get one type for all operations, named after the parameter.</summary>
    private static void NameValues(string operation, JsonObject parameter, JsonObject schemas)
    {
        if (parameter["schema"] is not JsonObject { } schema || schema["enum"] is null)
            return;
        var name = parameter["name"]!.GetValue<string>();
        name = OwnValues.GetValueOrDefault($"{operation} {name}", char.ToUpperInvariant(name[0]) + name[1..]);
        schemas[name] ??= schema.DeepClone();
        if (!JsonNode.DeepEquals(schemas[name], schema))
            throw new InvalidOperationException($"The parameter {name} has other values in another operation, so that it needs two types.");
        parameter["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }
}
