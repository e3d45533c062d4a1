using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Connections;

/// <summary>One of several clients that do everything at the same moment, each in an organization of its own. It counts what it sent; what fails ends it.</summary>
internal sealed class PooledClient(int number, MonolithServer server, string token, IReadOnlyList<string> reads) : IDisposable
{
    private static readonly string[] Pages = ["/users", "/organizations/main/members", "/licenses", "/ai-seats"];
    private readonly ApiClient _api = new(server.Address, token);
    private readonly HttpClient _pages = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
    private readonly string _team = $"/organizations/team-{number}";
    private int _next;

    public int Sent { get; private set; }

    /// <summary>The paths of <c>reads</c> that were asked for.</summary>
    public HashSet<string> Asked { get; } = [];

    public void Dispose()
    {
        _api.Dispose();
        _pages.Dispose();
    }

    public async Task WorkAsync(int requests)
    {
        _pages.DefaultRequestHeaders.Add("Coder-Session-Token", token);
        _pages.DefaultRequestHeaders.Add("Accept", "text/html");
        var organization = Id(await ExpectAsync(201, HttpMethod.Post, "/organizations", new { name = $"team-{number}" }));
        for (var round = 0; Sent < requests; round++)
        {
            var name = $"p{number}x{round}";
            var user = Id(await ExpectAsync(201, HttpMethod.Post, "/users", new { username = name, service_account = true, organization_ids = new[] { organization } }));
            await AccountAsync(name);
            await MembershipAsync(name, user);
            await UsageAsync(user);
            await ReadAsync(name);
            await ExpectAsync(200, HttpMethod.Delete, $"/users/{name}");
        }
    }

    private async Task AccountAsync(string name)
    {
        await ExpectAsync(200, HttpMethod.Put, $"/users/{name}/profile", new { username = name, name = "Renamed" });
        await ExpectAsync(200, HttpMethod.Put, $"/users/{name}/roles", new { roles = new[] { "auditor" } });
        await ExpectAsync(200, HttpMethod.Put, $"/users/{name}/status/suspend");
        await ExpectAsync(200, HttpMethod.Put, $"/users/{name}/status/activate");
        var key = await ExpectAsync(201, HttpMethod.Post, $"/users/{name}/keys/tokens", new { token_name = "one" });
        await ExpectAsync(204, HttpMethod.Delete, $"/users/{name}/keys/{key["key"]!.GetValue<string>()[..10]}");
        await ExpectAsync(200, HttpMethod.Post, "/authcheck", new { checks = new { mine = new { action = "read", @object = new { resource_type = "user" } } } });
    }

    private async Task MembershipAsync(string name, Guid user)
    {
        await ExpectAsync(200, HttpMethod.Post, "/organizations/default/members", new { user_ids = new[] { user } });
        await ExpectAsync(200, HttpMethod.Post, $"{_team}/members/roles", new { name = "reviewer", organization_permissions = new[] { new { resource_type = "template", action = "read" } } });
        await ExpectAsync(200, HttpMethod.Put, $"{_team}/members/{name}/roles", new { roles = new[] { "reviewer" } });
        await ExpectAsync(200, HttpMethod.Put, $"{_team}/members/roles", new { name = "reviewer", display_name = "Reviewer" });
        await ExpectAsync(204, HttpMethod.Delete, $"{_team}/members/roles/reviewer");
        await ExpectAsync(204, HttpMethod.Delete, $"/organizations/default/members/{name}");
        await ExpectAsync(400, HttpMethod.Post, $"{_team}/members", new { user_ids = new[] { user } });
    }

    private async Task UsageAsync(Guid user)
    {
        await ExpectAsync(200, HttpMethod.Post, "/ai-usage/interceptions", $$"""{"interceptions":[{{UsageFeed.Line(user)}}]}""");
        var license = await ExpectAsync(201, HttpMethod.Post, "/licenses", new { license = Licenses.Issue(Licenses.Seats(100 + number)) });
        await ExpectAsync(200, HttpMethod.Delete, $"/licenses/{license["id"]}");
    }

    private async Task ReadAsync(string name)
    {
        await ExpectAsync(200, HttpMethod.Get, $"/users/{name}");
        await ExpectAsync(200, HttpMethod.Get, $"/users?q={name}&limit=5");
        await ExpectAsync(200, HttpMethod.Get, $"{_team}/paginated-members?limit=10");
        await ExpectAsync(200, HttpMethod.Get, $"{_team}/members");
        await ExpectAsync(404, HttpMethod.Get, $"/users/not-{name}");
        for (var i = 0; i < 3; i++)
        {
            var path = reads[(number + _next++) % reads.Count];
            Asked.Add(path);
            await ExpectAsync(null, HttpMethod.Get, string.Join('/', path["/api/v2".Length..].Split('/').Select(part => part switch
            {
                "{organization}" => "default",
                ['{', ..] => name,
                _ => part,
            })));
        }

        var page = Pages[_next % Pages.Length];
        using var answer = await _pages.GetAsync(page);
        Count(page, 200, (int)answer.StatusCode, "");
    }

    private async Task<ApiAnswer> ExpectAsync(int? code, HttpMethod method, string path, object? body = null)
    {
        var answer = await _api.SendAsync(method, path, body);
        Count($"{method} {path}", code, answer.Code, answer.Text);
        return answer;
    }

    // Of a route that is called with any name, every status is right but a failure of the server.
    private void Count(string request, int? wanted, int code, string text)
    {
        Assert.True(wanted is null ? code < 500 : code == wanted, $"{request}: {code} {text}");
        Sent++;
    }

    private static Guid Id(ApiAnswer answer) => answer["id"]!.GetValue<Guid>();
}
