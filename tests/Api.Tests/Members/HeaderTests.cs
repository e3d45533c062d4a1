using System.Net.Http.Headers;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Members specification 5.10 to 5.12: what stands around a body.</summary>
[Collection(UsersGroup.Name)]
public sealed class HeaderTests(ServerFixture fixture)
{
    private const string Warning = "X-Coder-Entitlements-Warning";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Every_answer_names_the_build()
    {
        foreach (var answer in new[]
        {
            await _s.Owner.GetAsync("/users/me"),
            await _s.Owner.GetAsync("/users/nobody"),
            await _s.Owner.GetAsync("/no/such/route"),
            await _s.Owner.DeleteAsync("/users/first"),
            await _s.Owner.PostAsync("/users", "{"),
            await _s.Anonymous().GetAsync("/users"),
            await _s.Owner.DeleteAsync($"/organizations/default/members/{await _s.CreateUserAsync(UserSteps.Unique("header"))}"),
        })
            Assert.StartsWith("v", Assert.Single(answer.Headers.GetValues("X-Coder-Build-Version")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_what_would_let_in()
    {
        Assert.Equal("Bearer realm=\"coder\", error=\"invalid_token\"", (await _s.Anonymous().GetAsync("/users/me")).Headers.WwwAuthenticate.ToString());
        Assert.Equal("Bearer realm=\"coder\", error=\"insufficient_scope\"", (await _s.Owner.DeleteAsync("/users/me")).Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task License_warnings_go_to_who_may_read_the_configuration()
    {
        var (_, _, member) = await _s.AddPersonAsync("header");
        var keys = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys");
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms("test", now, now.AddDays(5), now.AddDays(6), now, Features: new Dictionary<string, long> { ["audit_log"] = 1 });
        var uploaded = await _s.Owner.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, DevelopmentKey.LoadOrCreate(keys).PrivateKey, DevelopmentKey.Id) });
        Assert.Equal(201, uploaded.Code);
        var expected = (await _s.Owner.GetAsync("/entitlements"))["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()).ToList();
        Assert.Contains("The license expires in 5 days.", expected);

        Assert.Equal(expected, await EventuallyAsync(warnings => warnings.Count > 0));
        Assert.False((await member.GetAsync("/users/me")).Headers.Contains(Warning));
        Assert.False((await _s.Anonymous().GetAsync("/users/first")).Headers.Contains(Warning));

        Assert.Equal(200, (await _s.Owner.DeleteAsync($"/licenses/{uploaded["id"]}")).Code);
        Assert.Empty(await EventuallyAsync(warnings => warnings.Count == 0));
    }

    [Fact]
    public async Task The_document_says_which_routes_are_open()
    {
        using var http = new HttpClient();
        var document = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(new Uri(_s.Server.Address, "/openapi/v2.json")))!;
        var open = from path in document["paths"]!.AsObject()
                   from operation in path.Value!.AsObject()
                   where path.Key.StartsWith("/api/v2/users/", StringComparison.Ordinal) && operation.Value!["security"] is System.Text.Json.Nodes.JsonArray { Count: 0 }
                   select $"{operation.Key} {path.Key["/api/v2/users/".Length..]}";
        Assert.Equal(["get authmethods", "get first", "post first", "post login", "post validate-password"], open.Order(StringComparer.Ordinal));
        Assert.NotEmpty(document["security"]!.AsArray());
    }

    [Fact]
    public async Task The_document_says_what_every_query_parameter_is()
    {
        using var http = new HttpClient();
        var document = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(new Uri(_s.Server.Address, "/openapi/v2.json")))!;
        var parameters = (from path in document["paths"]!.AsObject()
                          from operation in path.Value!.AsObject()
                          from parameter in operation.Value!["parameters"]?.AsArray() ?? []
                          where parameter!["in"]!.GetValue<string>() == "query"
                          select (Path: path.Key, Name: parameter["name"]!.GetValue<string>(), Node: parameter)).ToList();
        Assert.All(parameters, one => Assert.True(one.Node["description"] is not null, $"{one.Path} says nothing about {one.Name}."));
        Assert.All(parameters.Where(one => one.Name is "limit" or "offset"), one => Assert.Equal("integer", one.Node["schema"]!["type"]!.GetValue<string>()));
        var keys = parameters.Where(one => one.Name == "q").ToDictionary(one => one.Path, one => one.Node["description"]!.GetValue<string>());
        Assert.Contains("has-ai-seat", keys["/api/v2/users"], StringComparison.Ordinal);
        Assert.DoesNotContain("org-role", keys["/api/v2/users"], StringComparison.Ordinal);
        Assert.Contains("org-role", keys["/api/v2/organizations/{organization}/paginated-members"], StringComparison.Ordinal);
        // What modules above add to the users list stays there.
        Assert.Equal(keys["/api/v2/users"].Replace(", group.", ".", StringComparison.Ordinal), keys["/api/v2/ai-seats"]);
    }

    [Fact]
    public async Task A_multipart_body_is_415()
    {
        using var http = new HttpClient();
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "file" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_s.Server.Address, "/api/v2/users")) { Content = form };
        request.Headers.Add("Coder-Session-Token", _s.Owner.Token);
        using var response = await http.SendAsync(request);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.Contains("\"message\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Any_other_content_type_is_read_as_json()
    {
        using var http = new HttpClient();
        using var content = new StringContent("{\"password\":\"x\"}");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var response = await http.PostAsync(new Uri(_s.Server.Address, "/api/v2/users/validate-password"), content);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_path_in_capitals_needs_the_csrf_token_too()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_s.Server.Address, "/API/V2/users/me/appearance")) { Content = new StringContent("{\"theme_preference\":\"dark\"}") };
        request.Headers.Add("Cookie", $"coder_session_token={_s.Owner.Token}");
        using var response = await http.SendAsync(request);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("CSRF", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_are_tried_a_few_times_a_minute_however_the_path_is_written()
    {
        await using var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("RateLimits:LoginPerMinute", "3"), ("RateLimits:ApiPerMinute", "0"));
        using var anonymous = new ApiClient(replica.Address);
        var codes = new List<int>();
        foreach (var path in new[] { "/users/login", "/users/login/", "/users/LOGIN", "/users/validate-password" })
            codes.Add((await anonymous.PostAsync(path, new { email = "nobody@example.com", password = "x" })).Code);
        Assert.Equal([401, 401, 401, 429], codes);
        Assert.Equal(200, (await anonymous.GetAsync("/users/first")).Code);
    }

    private async Task<IReadOnlyList<string>> EventuallyAsync(Func<IReadOnlyList<string>, bool> arrived)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await _s.Owner.GetAsync("/users/me");
            IReadOnlyList<string> warnings = answer.Headers.TryGetValues(Warning, out var values) ? [.. values] : [];
            if (arrived(warnings))
                return warnings;
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
