using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Monolith.Testing;

/// <summary>
/// Holds every answer that a test receives, and every body that was accepted, against the API document. A status, a member or a value that the document does not
/// know fails the test that met it.
/// </summary>
public static class DescriptionWatch
{
    private const int LongestList = 100;

    // What an operation must list itself; other failures have the one form that all share.
    private static readonly HashSet<int> Own = [304, 400, 401, 403, 404, 409, 412, 417];

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static volatile DescribedApi? _api;
    private static int _answers;
    private static int _bodies;

    /// <summary>Reads the document of a server; all servers of a process have the same.</summary>
    public static async Task LearnAsync(IServiceProvider services)
    {
        if (_api is not null)
            return;
        await Gate.WaitAsync();
        try
        {
            if (_api is not null)
                return;
            await using var scope = services.CreateAsyncScope();
            var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v2").GetOpenApiDocumentAsync();
            _api = new DescribedApi(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject());
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "description.txt"), $"{_answers} answers and {_bodies} bodies held against the API document\n");
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Throws what the document does not say.</summary>
    public static void Check(HttpMethod method, Uri address, string? body, int status, string? type, string text)
    {
        if (_api?.Find(method.Method, address.AbsolutePath) is not { } operation || IsOfServer(status, text))
            return;
        var name = $"{method} {address.PathAndQuery} ({operation.Id}), {status}";
        if (operation.Responses[status.ToString(CultureInfo.InvariantCulture)] is null && (status < 400 || Own.Contains(status)))
            throw new DescriptionMismatchException($"{name}: the API document does not list this status. {text}");
        Interlocked.Increment(ref _answers);
        var described = operation.Responses[status.ToString(CultureInfo.InvariantCulture)] ?? operation.Responses["default"];
        if (Mismatch(described!["content"], type, text, operation.Api.Strict) is { } fault)
            throw new DescriptionMismatchException($"{name}: {fault}\n{text}");
        if (status is < 200 or >= 300 || body is null || operation.Body is null || TookOnlySome(text) || Read(body) is not { } sent)
            return;
        Interlocked.Increment(ref _bodies);
        var schema = operation.Body["content"]!["application/json"]!["schema"]!;
        // As it was sent, or as it is read.
        if (operation.Api.Lenient.Faults(schema, Present(sent, keepsNull: false)) is { } wrong
            && operation.Api.Lenient.Faults(schema, Present(sent, keepsNull: true)) is not null
            && operation.Api.Lenient.Faults(schema, sent) is not null)
            throw new DescriptionMismatchException($"{name}: the body was accepted, and the document refuses it: {wrong}\n{body}");
    }

    // What the HTTP server refuses before the API sees it has no body (contract section 6).
    private static bool IsOfServer(int status, string text) => text.Length == 0 && status is (400 or 414 or 431);

    // A report is taken in event by event, and an import row by row: the body was accepted when each of them was.
    private static bool TookOnlySome(string answer) =>
        (answer.Contains("\"rejected\"", StringComparison.Ordinal) || answer.Contains("\"failed\"", StringComparison.Ordinal)) && JsonNode.Parse(answer) is JsonObject report
        && (report["rejected"] is JsonArray { Count: > 0 } || IsPositive(report["duplicates"]) || IsPositive(report["failed"]));

    private static bool IsPositive(JsonNode? number) => number is JsonValue value && value.TryGetValue<int>(out var count) && count > 0;

    private static string? Mismatch(JsonNode? content, string? type, string text, SchemaSet schemas)
    {
        if (content is null)
            return text.Length == 0 ? null : "the document says that there is no body";
        if (type is null || content[type] is not { } media)
            return $"the content type {type ?? "none"} is not in the document";
        return type == "application/json" ? schemas.Faults(media["schema"]!, Shortened(JsonNode.Parse(text))) : null;
    }

    // A list of thousands of rows says no more than its beginning.
    private static JsonNode? Shortened(JsonNode? node)
    {
        foreach (var list in node is JsonObject top ? top.Select(one => one.Value).OfType<JsonArray>() : node is JsonArray whole ? [whole] : [])
        {
            while (list.Count > LongestList)
                list.RemoveAt(list.Count - 1);
        }
        return node;
    }

    // An empty text stands for a member that is left out, and so does null, except where the document says more. Keys are read in any letter case.
    private static JsonNode? Present(JsonNode? node, bool keepsNull) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(one => one.Value is null ? keepsNull : one.Value is not JsonValue text || !text.TryGetValue<string>(out var words) || words.Length > 0)
            .Select(one => KeyValuePair.Create(one.Key.ToLowerInvariant(), Present(one.Value, keepsNull)))),
        JsonArray elements => new JsonArray([.. elements.Select(one => Present(one, keepsNull))]),
        _ => node?.DeepClone(),
    };

    // Half a character, or a name that stands twice, is nothing that a schema can speak of.
    private static JsonNode? Read(string body)
    {
        try
        {
            var node = JsonNode.Parse(body, null, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Present(node, keepsNull: true);
            return node;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>The API document and a server do not say the same.</summary>
public sealed class DescriptionMismatchException(string message) : Exception(message);
