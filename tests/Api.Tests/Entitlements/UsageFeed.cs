using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Reports usage in lines.</summary>
internal static class UsageFeed
{
    public const string Lines = "application/x-ndjson";

    public static string Line(Guid initiator, Guid? id = null, string padding = "") => JsonSerializer.Serialize(new
    {
        id = id ?? Guid.CreateVersion7(),
        initiator_id = initiator,
        provider = "anthropic",
        model = "claude-sonnet-4",
        started_at = Licenses.Now.AddHours(-1),
        ended_at = Licenses.Now,
        metadata = new { padding },
    });

    public static Task<ApiAnswer> SendAsync(Scenario scenario, ApiClient? client, IEnumerable<string> lines, string? accept = null, string kind = "interceptions") =>
        SendTextAsync(scenario, client, string.Join('\n', lines), accept, kind);

    public static Task<ApiAnswer> SendTextAsync(Scenario scenario, ApiClient? client, string text, string? accept = null, string kind = "interceptions") =>
        PostAsync(scenario, client, $"/ai-usage/{kind}", text, Lines, accept);

    /// <summary>A body of any form, whatever the answer's.</summary>
    public static async Task<ApiAnswer> PostAsync(Scenario scenario, ApiClient? client, string path, string text, string form, string? accept)
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
}
