using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>Reads an operation of the API document.</summary>
/// <param name="schemas">The types that it names.</param>
/// <param name="common">The headers of every response, which are described once.</param>
internal sealed partial class OperationReader(SchemaReader schemas, IReadOnlySet<string> common)
{
    private const string Json = "application/json";

    public ReferenceOperation Read(string path, string method, JsonNode operation) => new(
        operation["operationId"]!.ToString(),
        method.ToUpperInvariant(),
        path,
        (operation["summary"]?.ToString() ?? operation["operationId"]!.ToString()).TrimEnd('.'),
        operation["description"]?.ToString() ?? "",
        operation["security"] is JsonArray { Count: 0 },
        [.. (operation["parameters"] as JsonArray ?? []).Select(one => Parameter(one!))],
        Body(operation["requestBody"]),
        [.. (operation["responses"] as JsonObject ?? []).Select(one => Response(one.Key, one.Value!)).OrderBy(response => response.Status, StringComparer.Ordinal)]);

    private static ReferenceParameter Parameter(JsonNode parameter)
    {
        var schema = parameter["schema"];
        var description = parameter["description"]?.ToString() ?? "";
        var place = parameter["in"]!.ToString();
        var member = new ReferenceMember(parameter["name"]!.ToString(), [new($"{place}, "), .. SchemaReader.Words(schema)], parameter["required"]?.GetValue<bool>() == true, description);

        // "…, or `me`": what the description names last is there on every deployment. The document's examples come from another one.
        var word = place == "path" && LastWord().Match(description) is { Success: true } found ? found.Groups[1].Value : null;
        return new(member, place, SchemaReader.Values(schema), word ?? parameter["example"]?.ToString());
    }

    private ReferenceBody? Body(JsonNode? body)
    {
        if (body?["content"] is not JsonObject { Count: > 0 } content)
            return null;
        var media = content[Json] ?? content.First().Value;
        return new(SchemaReader.Words(media!["schema"]), schemas.Content(media["schema"]), [.. content.Select(one => one.Key)], SchemaExample.Of(media, schemas));
    }

    private ReferenceResponse Response(string status, JsonNode response)
    {
        var content = response["content"] as JsonObject ?? [];
        var media = content[Json];
        return new(
            Label(status),
            response["description"]?.ToString() ?? "",
            IsFailure(status) || media is null ? [] : SchemaReader.Words(media["schema"]),
            IsFailure(status) ? [] : [.. content.Select(one => one.Key)],
            IsFailure(status) ? [] : [.. HeadersOf(response).Where(name => !common.Contains(name))],
            IsFailure(status) ? null : SchemaExample.Given(media));
    }

    /// <summary>True for the statuses whose body is that of every failure.</summary>
    public static bool IsFailure(string status) => status is not ['1' or '2' or '3', ..];

    /// <summary>What a status is called.</summary>
    public static string Label(string status) => status == "default" ? Texts.ReferenceOther : status;

    /// <summary>The names of the headers of a response.</summary>
    public static IEnumerable<string> HeadersOf(JsonNode response) => (response["headers"] as JsonObject ?? []).Select(one => one.Key);

    [GeneratedRegex(@"or `([^`]+)`\.?$")]
    private static partial Regex LastWord();
}
