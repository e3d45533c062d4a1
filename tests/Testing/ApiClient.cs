using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Testing;

/// <summary>An answer: status, headers, and the body as text and JSON.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string Text)
{
    /// <summary>The body as JSON; null when it is empty.</summary>
    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);

    /// <summary>The number of the status.</summary>
    public int Code => (int)Status;

    /// <summary>A member of the body.</summary>
    public JsonNode? this[string name] => Json![name];
}

/// <summary>What the clients of tests have in common: nothing is done for them, and no answer is lost.</summary>
public static class Plain
{
    private const int Long = 1 << 16;

    /// <summary>No cookies, no redirects, and patience for the server to ask for a body.</summary>
    public static SocketsHttpHandler Handler() => new() { UseCookies = false, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>A long body is sent when the server asks for it: refused before it is read, it would meet a closed connection, and the answer would be lost.</summary>
    public static void AskBefore(this HttpRequestMessage request, int length) => request.Headers.ExpectContinue = length > Long;
}

/// <summary>Speaks to the API as one user, by header.</summary>
public sealed class ApiClient(Uri address, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new(Plain.Handler()) { BaseAddress = address };

    /// <summary>The session token, or null.</summary>
    public string? Token => token;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>GET below <c>/api/v2</c>.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>POST below <c>/api/v2</c>.</summary>
    public Task<ApiAnswer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>PUT below <c>/api/v2</c>.</summary>
    public Task<ApiAnswer> PutAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    /// <summary>DELETE below <c>/api/v2</c>.</summary>
    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Any request; a string body goes out as it is.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, "/api/v2" + path));
        if (token is not null)
            request.Headers.Add("Coder-Session-Token", token);
        request.Headers.Add(DescriptionTap.Checked, "1");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var sent = body is null ? null : body as string ?? JsonSerializer.Serialize(body);
        if (sent is not null)
            request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
        request.AskBefore(sent?.Length ?? 0);
        using var response = await _http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.InternalServerError)
            BorderWatch.Check(address);
        var text = await response.Content.ReadAsStringAsync();
        DescriptionWatch.Check(method, request.RequestUri!, sent, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text);
        return new ApiAnswer(response.StatusCode, response.Headers, text);
    }
}
