using Microsoft.Extensions.Configuration;
using Monolith.Api.Hosting;
using Monolith.Api.Verbs;
using Monolith.Kernel.Settings;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>Who may say where a request comes from.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task A_header_of_an_unknown_peer_changes_nothing()
    {
        await using var s = await Scenario.StartAsync(("Proxy:KnownProxies", "192.0.2.1"));
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString, ("RateLimits:LoginPerMinute", "3"));
        using var anonymous = new ApiClient(replica.Address);
        List<int> codes = [];
        for (var i = 0; i < 5; i++)
            codes.Add((await anonymous.SendAsync(HttpMethod.Post, "/users/login", new { email = $"p{i}@example.com", password = "x" }, ("X-Forwarded-For", $"192.0.2.{i}"))).Code);
        Assert.Equal([401, 401, 401, 429, 429], codes);

        using var https = await LoginAsync(s, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.9"));
        Assert.All(https.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.False(https.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where address = '198.51.100.9'"));
    }

    [Fact]
    public async Task A_named_proxy_tells_scheme_host_and_address()
    {
        await using var s = await Scenario.StartAsync(("Proxy:KnownNetworks", "127.0.0.0/8, ::1/128"));
        using var answer = await LoginAsync(s, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "monolith.example.com"), ("X-Forwarded-For", "203.0.113.5, 198.51.100.9"));
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(2, answer.Headers.GetValues("Set-Cookie").Count());
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());

        // The right-most hop is what the proxy saw; what stands before it, anybody may have written.
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where action = 'login' and address = '198.51.100.9'"));
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where address = '203.0.113.5'"));
    }

    [Fact]
    public async Task Two_hops_are_followed_when_both_are_named_and_the_limit_says_so()
    {
        await using var s = await Scenario.StartAsync(("Proxy:KnownProxies", "127.0.0.1,10.0.0.7"), ("Proxy:ForwardLimit", "2"));
        using var answer = await LoginAsync(s, ("X-Forwarded-For", "203.0.113.5, 10.0.0.7"));
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where action = 'login' and address = '203.0.113.5'"));
        using var spoofed = await LoginAsync(s, ("X-Forwarded-For", "203.0.113.66, 198.51.100.1"));
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where address = '203.0.113.66'"));
    }

    [Theory]
    [InlineData("/monolith/users", "")]
    [InlineData("/users", "")]
    [InlineData("/users", "/prefix")]
    public async Task Under_a_path_base_the_api_answers_and_redirects_keep_it(string path, string prefix)
    {
        (string, string)[] settings = prefix.Length > 0 ? [("Proxy:KnownProxies", "127.0.0.1")] : [("Proxy:PathBase", "/monolith")];
        await using var s = await Scenario.StartAsync(settings);
        var expected = prefix.Length > 0 ? prefix : "/monolith";
        using var redirect = await GetAsync(s, path, ("X-Forwarded-Prefix", prefix));
        Assert.Equal($"{expected}/sign-in?return=%2Fusers", redirect.Headers.Location!.OriginalString);
        using var api = await GetAsync(s, (prefix.Length > 0 ? "" : "/monolith") + "/api/v2/buildinfo");
        Assert.Equal(200, (int)api.StatusCode);
    }

    [Theory]
    [InlineData("Proxy:KnownProxies", "nginx", "Proxy__KnownProxies")]
    [InlineData("Proxy:KnownProxies:0", "10.0.0.0/8", "Proxy__KnownProxies")]
    [InlineData("Proxy:KnownNetworks", "10.0.0.0/99", "Proxy__KnownNetworks")]
    [InlineData("Proxy:ForwardLimit", "0", "Proxy__ForwardLimit")]
    [InlineData("Proxy:ForwardLimit", "many", "Proxy__ForwardLimit")]
    [InlineData("Proxy:PathBase", "monolith", "Proxy__PathBase")]
    [InlineData("Proxy:PathBase", "//evil.example.com", "Proxy__PathBase")]
    [InlineData("ForwardedHeaders_Enabled", "True", "ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named(string key, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build();
        var refused = Assert.Throws<SettingException>(() => ProxySettings.Read(configuration));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(1, await MonolithHost.RunAsync(["serve", $"--{key}={value}", "--ConnectionStrings:Monolith=Host=127.0.0.1;Port=1"]));
    }

    [Fact]
    public void Nothing_is_trusted_by_default()
    {
        var settings = ProxySettings.Read(new ConfigurationBuilder().Build());
        Assert.Equal((0, 0, 1, false), (settings.KnownProxies.Count, settings.KnownNetworks.Count, settings.ForwardLimit, settings.PathBase.HasValue));
    }

    private static async Task<HttpResponseMessage> LoginAsync(Scenario s, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(s.Server.Address, "/api/v2/users/login"));
        request.Content = System.Net.Http.Json.JsonContent.Create(new { email = "owner@example.com", password = Scenario.Password });
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> GetAsync(Scenario s, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(s.Server.Address, path));
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
            request.Headers.Add(name, value);
        return await http.SendAsync(request);
    }
}
