using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.BadInput;

/// <summary>One field of a request body.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="WrongType">A JSON value that it can never hold; null when any value may be right.</param>
public sealed record BodyField(string Name, string? WrongType);

/// <summary>One operation of the OpenAPI document.</summary>
public sealed record Operation(HttpMethod Method, string Path, bool HasBody, IReadOnlyList<BodyField> Fields)
{
    /// <summary>The path with one value for each kind of parameter.</summary>
    public string With(string organization, string user, string other) => string.Join('/', Path.Split('/').Select(part => part switch
    {
        "{organization}" => organization,
        "{user}" => user,
        ['{', ..] => other,
        _ => part,
    }));

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>One server for the tests of this folder, and what its OpenAPI document says.</summary>
public sealed class BadInputServer : IAsyncLifetime
{
    /// <summary>The user that writes aim at.</summary>
    public const string Target = "target";

    /// <summary>The server.</summary>
    public Scenario Scenario { get; private set; } = null!;

    /// <summary>Sends raw requests.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Every operation.</summary>
    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Scenario = await Scenario.StartAsync();
        await Scenario.CreateUserAsync(Target);
        Http = new HttpClient(Plain.Handler()) { BaseAddress = Scenario.Server.Address };
        var document = (await Http.GetFromJsonAsync<JsonNode>("/openapi/v2.json"))!;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where path.Key.StartsWith("/api/v2/", StringComparison.Ordinal)
               let content = operation.Value!["requestBody"]?["content"]
               select new Operation(HttpMethod.Parse(operation.Key), path.Key, content is not null, [.. Fields(content?["application/json"]?["schema"], document)]),
        ];
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Scenario.DisposeAsync();
    }

    /// <summary>Sends bytes as they are; the token goes into the header.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, byte[]? body, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Add("Coder-Session-Token", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.AskBefore(body.Length);
        }

        using var response = await Http.SendAsync(request);
        return new ApiAnswer(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<BodyField> Fields(JsonNode? schema, JsonNode document) =>
        Resolve(schema, document)?["properties"]?.AsObject().Select(property => new BodyField(property.Key, WrongType(Resolve(property.Value, document)))) ?? [];

    private static JsonNode? Resolve(JsonNode? schema, JsonNode document)
    {
        if (schema?["oneOf"] is JsonArray choices)
            return Resolve(choices.FirstOrDefault(choice => choice?["type"]?.ToString() != "null"), document);
        return schema?["$ref"]?.GetValue<string>() is { } reference
            ? reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name])
            : schema;
    }

    private static string? WrongType(JsonNode? schema)
    {
        if (schema?["enum"] is not null)
            return "12.5";
        List<string> types = schema?["type"] switch
        {
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };
        return types.Count == 0 ? null : types.Contains("string") ? "12.5" : JsonSerializer.Serialize("hunter2");
    }
}

[CollectionDefinition(Name)]
public sealed class BadInputGroup : ICollectionFixture<BadInputServer>
{
    public const string Name = "bad input";
}
