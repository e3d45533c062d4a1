using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Sends files of accounts.</summary>
internal static class ImportFeed
{
    public const string Csv = "text/csv";
    public const string Lines = "application/x-ndjson";

    public static async Task<ApiAnswer> SendAsync(Scenario scenario, ApiClient? client, string text, string form = Csv, string path = "/users/import", string? accept = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scenario.Server.Address, $"/api/v2{path}"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(form);
        if (client?.Token is { } token)
            request.Headers.Add("Coder-Session-Token", token);
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var response = await http.SendAsync(request);
        return new ApiAnswer(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The sums: rows, created, added, unchanged, failed.</summary>
    public static string Sums(JsonNode report) => string.Join(' ', new[] { "rows", "created", "added", "unchanged", "failed" }.Select(name => report[name]!.GetValue<int>()));

    /// <summary>Who failed and why, by the number of the row.</summary>
    public static string Failures(JsonNode report) => string.Join("; ", report["failures"]!.AsArray().Select(row =>
        $"{row!["row"]} {string.Join(", ", row["errors"]!.AsArray().Select(error => $"{error!["field"]}: {error["detail"]}"))}"));
}
