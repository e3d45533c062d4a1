using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Clients.Tests;

/// <summary>An answer that was decoded.</summary>
internal sealed record Decoded(int Code, string Text)
{
    public string this[string name] => JsonNode.Parse(Text)![name]!.ToString();
}

/// <summary>Sends what the public Go SDK sends, with its headers, null for what is not set, and reads as strictly: a body that is no JSON, or an answer that does not decode, is a failure of the command.</summary>
internal sealed class GoClient(Uri address, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { BaseAddress = address };
    private int _refusedByLimits;

    /// <summary>How many requests the rate limits refused.</summary>
    public int RefusedByLimits => _refusedByLimits;

    public void Dispose() => _http.Dispose();

    /// <summary>A request that must succeed, and decode.</summary>
    public async Task<Decoded> DoAsync(string method, string path, object? body = null, string shape = "")
    {
        var answer = await AskAsync(method, path, body);
        if (answer.Code is < 200 or > 299)
            throw new InvalidOperationException($"{method} {path}: {answer.Code} {answer.Text}");
        return Shape.Refuse(answer.Text, shape) is { } fault ? throw new InvalidOperationException($"{method} {path} does not decode, {fault}: {answer.Text}") : answer;
    }

    /// <summary>A request whose refusal the command shows: it must be JSON with a message.</summary>
    public async Task<Decoded> AskAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') && !path.StartsWith("/api", StringComparison.Ordinal) ? "/api/v2" + path : path);
        if (token is not null)
            request.Headers.Add("Coder-Session-Token", token);
        request.Headers.TryAddWithoutValidation("User-Agent", "coder-cli/v2.34.0 (linux/amd64)");
        request.Headers.Add("Coder-CLI-Telemetry", Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"command":"test"}""")));
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            Interlocked.Increment(ref _refusedByLimits);
        if (!response.Headers.Contains("X-Coder-Build-Version"))
            throw new InvalidOperationException($"{method} {path}: this is no such server.");
        if (text.Length > 0 && response.Content.Headers.ContentType?.MediaType != "application/json")
            throw new InvalidOperationException($"{method} {path}: unexpected content type {response.Content.Headers.ContentType}.");
        if (!response.IsSuccessStatusCode && Shape.Refuse(text, "message:text") is { } fault)
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} without a sentence, {fault}.");
        return new Decoded((int)response.StatusCode, text);
    }
}
