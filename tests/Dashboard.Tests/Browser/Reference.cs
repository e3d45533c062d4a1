using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>An operation of the API document.</summary>
internal sealed record DocumentedOperation(string Id, string Method, string Path, JsonNode Node)
{
    /// <summary>The names of its parameters.</summary>
    public IEnumerable<string> Parameters => (Node["parameters"] as JsonArray ?? []).Select(one => one!["name"]!.ToString());

    /// <summary>The statuses that it answers with; <c>default</c> is left out.</summary>
    public IEnumerable<string> Statuses => Node["responses"]!.AsObject().Select(one => one.Key).Where(status => status != "default");

    /// <summary>The names of the members of its body.</summary>
    public IEnumerable<string> BodyMembers(JsonNode document) =>
        Node["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"] is { } type
            ? (document["components"]!["schemas"]![type.ToString().Split('/')[^1]]!["properties"] as JsonObject ?? []).Select(one => one.Key)
            : [];
}

/// <summary>The API document and the pages below <c>/docs</c>.</summary>
internal static class Reference
{
    /// <summary>The document of the server.</summary>
    public static async Task<JsonNode> DocumentAsync(Scenario scenario)
    {
        using var http = new HttpClient { BaseAddress = scenario.Server.Address };
        return JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json"))!;
    }

    /// <summary>Every operation that it describes.</summary>
    public static IReadOnlyList<DocumentedOperation> Operations(JsonNode document) =>
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(one => new DocumentedOperation(one.Value!["operationId"]!.ToString(), one.Key.ToUpperInvariant(), path.Key, one.Value!))),
    ];

    /// <summary>The addresses of all its pages, as the page that is open lists them.</summary>
    public static Task<string[]> PagesAsync(this Visit visit) =>
        visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('nav.side a')].map(link => link.getAttribute('href'))");
}
