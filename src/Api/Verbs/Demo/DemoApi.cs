using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Web.Http;

namespace Monolith.Api.Verbs.Demo;

/// <summary>Speaks to the API as the owner.</summary>
internal sealed class DemoApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };

    public void Dispose() => _http.Dispose();

    public async Task WaitUntilReadyAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        while (!(await _http.GetAsync("/readyz", cancellationToken)).IsSuccessStatusCode)
        {
            if (stopping.IsCancellationRequested)
                throw new DemoException("The database could not be prepared; the log says why.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    public void SignIn(string token) => _http.DefaultRequestHeaders.Add("Coder-Session-Token", token);

    /// <summary>Is there something?</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"{ApiRoutes.Prefix}{path}", cancellationToken);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, Json(body), cancellationToken);

    public Task<JsonNode> PutAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, body is null ? null : Json(body), cancellationToken);

    public Task<JsonNode> PatchAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Patch, path, Json(body), cancellationToken);

    /// <summary>Sends events, one a line.</summary>
    public async Task<int> StreamAsync(string path, IEnumerable<object> events, CancellationToken cancellationToken)
    {
        var content = new StringContent(string.Join('\n', events.Select(one => JsonSerializer.Serialize(one))), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var answer = await SendAsync(HttpMethod.Post, path, content, cancellationToken);
        return answer["rejected_count"]!.GetValue<int>() == 0
            ? answer["accepted"]!.GetValue<int>()
            : throw new DemoException($"POST {path} rejected an event: {answer["rejected"]![0]!["detail"]}");
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{ApiRoutes.Prefix}{path}") { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new DemoException($"{method} {path} answered {(int)response.StatusCode}: {text.Trim()}");
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}

/// <summary>The demo cannot go on; the message is for the operator.</summary>
internal sealed class DemoException(string message) : Exception(message);
