using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Fuzz;

/// <summary>Somebody who sends requests.</summary>
internal sealed record Person(string Name, string Token);

/// <summary>The people who ask and the things that they ask for. What answers show is learned, up to a bound, so that later requests meet what earlier ones made.</summary>
internal sealed class World(Uri url) : IDisposable
{
    private const string Password = "Correct-Horse-9-Battery";
    private const int Kept = 200;
    private static readonly string[] Narrow = ["user:read"];
    private readonly HttpClient _http = new() { BaseAddress = new Uri(url, "/api/v2/") };
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _pools = new(StringComparer.Ordinal);
    private string _owner = "";

    /// <summary>Everybody who signed in.</summary>
    public List<Person> People { get; } = [];

    /// <summary>Ids and names that must live on.</summary>
    public HashSet<string> Protected { get; } = new(StringComparer.OrdinalIgnoreCase) { "me" };

    public void Dispose() => _http.Dispose();

    public async Task SetUpAsync()
    {
        await SendAsync(HttpMethod.Post, "users/first", new { email = "owner@example.com", username = "owner", name = "The Owner", password = Password }, null);
        _owner = await SignInAsync("owner");
        var organization = Text(await SendAsync(HttpMethod.Get, "organizations/default", null, _owner), "id");
        var second = await SendAsync(HttpMethod.Post, "organizations", new { name = "second", display_name = "Second" }, _owner);
        Add("organization", "default", organization, Text(second, "id"), "second");
        var members = new List<string>();
        foreach (var (name, site, inside) in new (string, string[], string[])[]
        {
            ("user-admin", ["user-admin"], []), ("auditor", ["auditor"], []), ("organization-admin", [], ["organization-admin"]),
            ("member", [], []), ("target-1", [], []), ("target-2", [], []), ("target-3", [], []),
        })
        {
            var made = await SendAsync(HttpMethod.Post, "users", new
            {
                username = name, email = $"{name}@example.com", password = Password, user_status = "active", organization_ids = new[] { organization },
            }, _owner);
            if (site.Length > 0)
                await SendAsync(HttpMethod.Put, $"users/{name}/roles", new { roles = site }, _owner);
            if (inside.Length > 0)
                await SendAsync(HttpMethod.Put, $"organizations/default/members/{name}/roles", new { roles = inside }, _owner);
            if (!name.StartsWith("target", StringComparison.Ordinal))
                Protect(name, made);
            members.Add(name);
            Add("user", name, Text(made, "id"));
        }

        Protect("owner", await SendAsync(HttpMethod.Get, "users/me", null, _owner));
        foreach (var name in new[] { "owner", "user-admin", "auditor", "organization-admin", "member" })
            People.Add(new Person(name, name == "owner" ? _owner : await SignInAsync(name)));
        var narrow = await SendAsync(HttpMethod.Post, "users/me/keys/tokens", new { token_name = $"narrow-{Guid.CreateVersion7():N}"[..20], scopes = Narrow }, _owner);
        if (Text(narrow, "key") is { Length: > 0 } key)
            People.Add(new Person("narrow", key));
        foreach (var person in People)
            Protected.Add(person.Token.Split('-')[0]);
    }

    /// <summary>A value that was seen for things of this kind.</summary>
    public string? Pick(string kind, Random random)
    {
        lock (_gate)
            return _pools.TryGetValue(kind, out var pool) && pool.Count > 0 ? pool[random.Next(pool.Count)] : null;
    }

    /// <summary>Takes ids and names from an answer.</summary>
    public void Learn(FuzzRequest request, Outcome outcome)
    {
        if (outcome.Status is < 200 or > 299 || outcome.Body.Length is 0 or > 100_000)
            return;
        try
        {
            Walk(JsonNode.Parse(outcome.Body), Kinds.OfPath(request.Operation.Path));
        }
        catch (Exception unread) when (unread is JsonException or ArgumentException)
        {
            // A table, or nothing; or metadata that comes back as it was sent, with a name twice.
        }
    }

    private void Walk(JsonNode? node, string kind)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.Take(20))
                Walk(item, kind);
        }
        else if (node is JsonObject thing)
        {
            foreach (var (name, value) in thing)
            {
                if (value is JsonValue && Kinds.OfField(name, kind) is { } found)
                    Add(found, name == "key" ? value.ToString().Split('-')[0] : value.ToString());
                else
                    Walk(value, kind);
            }
        }
    }

    private void Add(string kind, params string[] values)
    {
        lock (_gate)
        {
            var pool = _pools.TryGetValue(kind, out var known) ? known : _pools[kind] = [];
            foreach (var value in values.Where(value => value.Length is > 0 and < 200 && !pool.Contains(value)))
            {
                if (pool.Count < Kept)
                    pool.Add(value);
            }
        }
    }

    private void Protect(string name, JsonNode? made)
    {
        Protected.Add(name);
        Protected.Add(Text(made, "id"));
    }

    private async Task<string> SignInAsync(string name)
    {
        var answer = await SendAsync(HttpMethod.Post, "users/login", new { email = $"{name}@example.com", password = Password }, null);
        return Text(answer, "session_token") is { Length: > 0 } token ? token : throw new InvalidOperationException($"{name} cannot sign in: {answer}");
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body, string? token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Add("Coder-Session-Token", token);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static string Text(JsonNode? node, string name) => (node as JsonObject)?[name]?.ToString() ?? "";
}
