using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Client;

/// <summary>
/// The API of one deployment, as one user. Every operation of the API is a method; what the deployment refuses is a <see cref="MonolithException"/>.
/// A client may be used from many threads at once, and is best kept for as long as the program runs.
/// </summary>
public partial class MonolithClient : IDisposable
{
    // All tries of one call and the waiting between them: longer than three waits of a minute.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    private readonly HttpClient? _owned;

    /// <summary>Connects to a deployment, and waits and tries again as <see cref="RetryHandler"/> says. A call ends after five minutes at the latest.</summary>
    /// <param name="address">Where the deployment is, such as <c>https://monolith.example.com</c>, without <c>/api/v2</c>.</param>
    /// <param name="token">A session token or a named token; null for what needs none, such as signing in.</param>
    /// <param name="retries">How often and how long to wait; null for the defaults.</param>
    public MonolithClient(Uri address, string? token = null, RetryOptions? retries = null)
        : this(Connect(address, token, retries ?? new RetryOptions())) => _owned = _httpClient;

    /// <summary>Closes the connections, unless they belong to the HTTP client that this one was made with.</summary>
    public void Dispose()
    {
        _owned?.Dispose();
        GC.SuppressFinalize(this);
    }

    // A member that is null is left out, not written: a newer server may read null as something else.
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

    private static HttpClient Connect(Uri address, string? token, RetryOptions retries)
    {
        // Cookies would be a second identity beside the token. A redirect would carry the token to where it points.
        var connections = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) };
        var http = new HttpClient(new RetryHandler(retries) { InnerHandler = connections }) { BaseAddress = WithSlash(address), Timeout = LongestCall };
        if (token is not null)
            http.DefaultRequestHeaders.Add("Coder-Session-Token", token);
        return http;
    }

    // Without the slash at its end, the last part of a path base would be replaced.
    private static Uri WithSlash(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
