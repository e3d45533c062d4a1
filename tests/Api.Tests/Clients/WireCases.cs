using System.Net;
using Monolith.Api.Tests.Entitlements;
using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Clients;

/// <summary>Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(UsersGroup.Name)]
public sealed class WireCases(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_14_there_is_no_authorization_server()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_s.Server.Address, "/.well-known/oauth-authorization-server"));
        request.Headers.Add("Accept", "text/html,*/*");
        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(request)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(request.RequestUri)).StatusCode);
    }

    [Fact]
    public async Task Case_16_the_version_is_that_of_the_api_and_stands_on_every_answer()
    {
        var info = await _s.Anonymous().GetAsync("/buildinfo");
        Assert.Equal("v2.34.0+monolith.0.1.0", info.Text("version"));
        Assert.Equal("0.1.0", info.Text("monolith_version"));
        Assert.All(info.Json!.AsObject(), member => Assert.NotNull(member.Value));
        Assert.Equal(
            ["external_url", "version", "dashboard_url", "telemetry", "workspace_proxy", "agent_api_version", "provisioner_api_version", "upgrade_message", "deployment_id", "monolith_version"],
            info.Json!.AsObject().Select(member => member.Key));
        foreach (var (code, answer) in new[] { (200, await _s.Owner.GetAsync("/users/me")), (401, await _s.Anonymous().GetAsync("/users/me")), (404, await _s.Owner.GetAsync("/nothing")) })
            Assert.Equal((code, info.Text("version")), (answer.Code, answer.Headers.GetValues("X-Coder-Build-Version").Single()));
    }

    [Theory]
    [InlineData("v2.31.4", "v2.31.4+monolith.")]
    [InlineData("3.0.0-rc.1", "v3.0.0-rc.1+monolith.")]
    public async Task The_version_may_be_chosen(string setting, string told)
    {
        await using var server = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Compatibility:ApiVersion", setting));
        using var client = new ApiClient(server.Address);
        Assert.StartsWith(told, (await client.GetAsync("/buildinfo")).Text("version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_17_a_client_of_another_version_is_told_that_it_may_stay()
    {
        var message = (await _s.Anonymous().GetAsync("/buildinfo")).Text("upgrade_message");
        Assert.Contains("may stay as it is", message, StringComparison.Ordinal);
        Assert.Contains("CODER_NO_VERSION_WARNING", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_32_lists_are_empty_and_what_is_not_here_says_so_in_json()
    {
        Assert.Equal("""{"providers":[],"links":[]}""", (await _s.Owner.GetAsync("/external-auth")).Json!.ToJsonString());
        foreach (var path in new[] { "/external-auth/github", "/workspaces", "/users/me/gitsshkey", "/no/such/route" })
        {
            var answer = await _s.Owner.GetAsync(path);
            Assert.Equal((404, "Route not found."), (answer.Code, answer.Text("message")));
            Assert.Contains("not here", answer.Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(new Uri(_s.Server.Address, "/docs"), new Uri((await _s.Anonymous().GetAsync("/appearance")).Text("docs_url")));
    }

    [Fact]
    public async Task Case_35_a_second_upload_of_a_license_says_that_it_exists()
    {
        var token = Licenses.Issue(Licenses.Seats(3));
        var first = await _s.Owner.PostAsync("/licenses", new { license = token });
        Assert.Equal(201, first.Code);
        var second = await _s.Owner.PostAsync("/licenses", new { license = $" {token}\n" });
        Assert.Equal(400, second.Code);
        Assert.Contains("already exists", second.Text("message"), StringComparison.Ordinal);
        Assert.Equal(200, (await _s.Owner.DeleteAsync($"/licenses/{first["id"]}")).Code);
    }

    [Fact]
    public async Task Case_37_names_of_members_are_read_in_any_case_and_null_is_absent()
    {
        var name = UserSteps.Unique("anycase");
        var made = await _s.Owner.PostAsync(
            "/users",
            $$"""{"Email":"first@example.com","EMAIL":"{{name}}@example.com","USERNAME":"{{name}}","Password":"{{Scenario.Password}}","extra":1,"name":null,"roles":null,"user_status":null,"Organization_IDs":["{{_s.OrganizationId}}"]}""");
        Assert.Equal((201, $"{name}@example.com", "dormant"), (made.Code, made.Text("email"), made.Text("status")));
        Assert.Equal("email", (await _s.Owner.PostAsync("/users", """{"EMAIL":1}""")).Field());
    }

    [Fact]
    public async Task Case_38_nothing_is_escaped_that_need_not_be()
    {
        var name = UserSteps.Unique("bytes");
        var made = await _s.Owner.PostAsync("/users", new { username = name, email = $"a+b'c{name}@x.example", name = "Zoë <b> & 🎉", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(201, made.Code);
        foreach (var text in new[] { made.Text, (await _s.Owner.GetAsync($"/users/{name}")).Text, (await _s.Owner.GetAsync($"/users?q={name}")).Text, (await _s.Owner.GetAsync("/organizations/default/members")).Text })
        {
            Assert.Contains($"\"email\":\"a+b'c{name}@x.example\"", text, StringComparison.Ordinal);
            Assert.Contains("\"name\":\"Zoë \\u003Cb\\u003E \\u0026 🎉\"", text, StringComparison.Ordinal);
        }

        Assert.Contains("+monolith.", (await _s.Anonymous().GetAsync("/buildinfo")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_39_and_40_empty_lists_are_lists_and_never_is_the_first_day()
    {
        var (_, _, member) = await _s.AddPersonAsync("empty");
        Assert.Equal("[]\n", (await member.GetAsync("/users/me/keys/tokens")).Text);
        var name = UserSteps.Unique("unseen");
        var made = await _s.Owner.PostAsync("/users", new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal("0001-01-01T00:00:00Z", made.Text("last_seen_at"));
        Assert.Equal("0001-01-01T00:00:00Z", (await _s.Owner.GetAsync($"/users/{name}")).Text("last_seen_at"));
    }

    [Fact]
    public async Task Head_is_answered_like_get_without_the_body()
    {
        using var http = new HttpClient();
        foreach (var (path, signedIn) in new[]
        {
            ("/api/v2/users/me", true), ("/api/v2/users/me", false), ("/api/v2/users?limit=1", true), ("/api/v2/organizations/nothing", true), ("/api/v2/no/such/route", true),
            ("/api/v2/buildinfo", false), ("/openapi/v2.json", false), ("/healthz", false), ("/readyz", false), ("/settings/account", true), ("/login", true),
        })
        {
            var answers = new List<(HttpStatusCode, string?, bool, string)>();
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, new Uri(_s.Server.Address, path));
                if (signedIn)
                    request.Headers.Add("Coder-Session-Token", _s.Owner.Token);
                using var answer = await http.SendAsync(request);
                answers.Add((answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), answer.Headers.ETag is not null, await answer.Content.ReadAsStringAsync()));
            }

            Assert.NotEmpty(answers[0].Item4);
            Assert.Equal(answers[0] with { Item4 = "" }, answers[1]);
        }

        Assert.Equal(405, (await _s.Owner.SendAsync(HttpMethod.Head, "/authcheck")).Code);
    }

    [Fact]
    public async Task A_bearer_beside_the_cookie_is_proof_when_it_is_of_the_same_user()
    {
        var (_, _, member) = await _s.AddPersonAsync("both");
        var token = (await member.PostAsync("/users/me/keys/tokens", new { })).Text("key");
        var strange = (await _s.Owner.PostAsync("/users/me/keys/tokens", new { })).Text("key");
        Assert.Equal(200, await WriteAsync(member.Token!, token));
        foreach (var bearer in new[] { strange, "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb", "x", null })
            Assert.Equal(400, await WriteAsync(member.Token!, bearer));
    }

    private async Task<int> WriteAsync(string cookie, string? bearer)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_s.Server.Address, "/api/v2/users/me/preferences")) { Content = new StringContent("{}") };
        request.Headers.Add("Cookie", $"coder_session_token={cookie}");
        if (bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
