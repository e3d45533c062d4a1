using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract section 7.3, rate limits.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Each_user_has_a_window_of_their_own_and_a_refusal_says_when_to_come_back()
    {
        await using var s = await Scenario.StartAsync(("RateLimits:ApiPerMinute", "5"), ("RateLimits:LoginPerMinute", "0"));
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 6; i++)
            answers.Add(await s.Owner.GetAsync("/users/me"));
        Assert.Equal([200, 200, 200, 200, 200, 429], answers.Select(answer => answer.Code));
        var wait = answers[^1].Headers.RetryAfter!.Delta!.Value;
        Assert.InRange(wait.TotalSeconds, 1, 60);
        Assert.NotNull(answers[^1]["message"]);
        Assert.Equal(200, (await s.Anonymous().GetAsync("/users/first")).Code);

        // Another path has a window of its own, however it is spelled.
        Assert.Equal(200, (await s.Owner.GetAsync("/users/owner")).Code);
        Assert.Equal(429, (await s.Owner.GetAsync("/Users/ME")).Code);
        foreach (var prefix in new[] { "", "X-" })
        {
            Assert.Equal(["4", "3", "2", "1", "0", "0"], answers.Select(answer => answer.Headers.GetValues(prefix + "RateLimit-Remaining").Single()));
            Assert.All(answers, answer => Assert.Equal("5", answer.Headers.GetValues(prefix + "RateLimit-Limit").Single()));
            Assert.All(answers, answer => Assert.InRange(int.Parse(answer.Headers.GetValues(prefix + "RateLimit-Reset").Single(), null), 1, 60));
        }
    }

    [Fact]
    public async Task Guessed_tokens_count_by_address_and_do_not_shut_out_who_works_there()
    {
        await using var s = await Scenario.StartAsync(("RateLimits:ApiPerMinute", "20"), ("RateLimits:LoginPerMinute", "0"));
        Assert.Equal(200, (await s.Owner.GetAsync("/users/me")).Code);
        var codes = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            using var stranger = new ApiClient(s.Server.Address, $"aaaaaaaa{i:00}-bbbbbbbbbbbbbbbbbbbbbb");
            codes.Add((await stranger.GetAsync($"/users/{i}")).Code);
        }

        // Set-up and sign-in were the first two requests without a token.
        Assert.Equal([.. Enumerable.Repeat(401, 18), .. Enumerable.Repeat(429, 12)], codes);
        Assert.Equal(429, (await s.Anonymous().GetAsync("/buildinfo")).Code);
        Assert.Equal(200, (await s.Owner.GetAsync("/users/owner")).Code);
        using var health = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await health.GetAsync(new Uri(s.Server.Address, "/healthz"))).StatusCode);
    }

    /// <summary>Reads are not looked up before their statement, and keep their token known all the same.</summary>
    [Fact]
    public async Task Guesses_do_not_shut_out_who_has_only_read_for_half_an_hour()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var s = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(clock), ("RateLimits:ApiPerMinute", "20"), ("RateLimits:LoginPerMinute", "0"));
        for (var read = 0; read < 6; read++)
        {
            clock.Advance(TimeSpan.FromMinutes(6));
            Assert.Equal(200, (await s.Owner.GetAsync("/users/me")).Code);
        }

        for (var i = 0; i < 30; i++)
        {
            using var stranger = new ApiClient(s.Server.Address, $"aaaaaaaa{i:00}-bbbbbbbbbbbbbbbbbbbbbb");
            await stranger.GetAsync($"/users/{i}");
        }

        Assert.Equal(429, (await s.Anonymous().GetAsync("/buildinfo")).Code);
        Assert.Equal(200, (await s.Owner.GetAsync("/users/me")).Code);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task No_header_lifts_the_limit_of_the_sign_in_page(string? accept)
    {
        await using var s = await Scenario.StartAsync(("RateLimits:LoginPerMinute", "4"));
        using var http = Http(s);
        List<int> codes = [];
        for (var i = 0; i < 4; i++)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["email"] = "owner@example.com", ["password"] = "guess" });
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = form };
            if (accept is not null)
                request.Headers.Add("Accept", accept);
            using var answer = await http.SendAsync(request);
            codes.Add((int)answer.StatusCode);
        }

        // Set-up and sign-in took two.
        Assert.Equal([400, 400, 429, 429], codes);
    }

    [Fact]
    public async Task Tries_on_one_account_count_together_whoever_makes_them()
    {
        await using var s = await Scenario.StartAsync();
        var (id, _) = await s.AddAsync("victim");
        var (_, helper) = await s.AddAsync("helper");
        await using var replica = await MonolithServer.StartOnAsync(
            s.Server.ConnectionString, ("RateLimits:LoginPerMinute", "6"), ("Proxy:KnownProxies", "127.0.0.1"));
        using var anonymous = new ApiClient(replica.Address);
        using var other = new ApiClient(replica.Address, helper.Token);
        using var owner = new ApiClient(replica.Address, s.Owner.Token);
        List<int> codes = [];
        for (var i = 0; i < 8; i++)
        {
            var body = new { email = i % 2 == 0 ? "victim@example.com" : "VICTIM@example.com", password = "guess" };
            codes.Add((await (i % 3 == 0 ? other : anonymous).SendAsync(HttpMethod.Post, "/users/login", body, ("X-Forwarded-For", $"192.0.2.{i}"))).Code);
        }

        Assert.Equal([401, 401, 401, 401, 401, 401, 429, 429], codes);
        Assert.Equal(401, (await anonymous.SendAsync(HttpMethod.Post, "/users/login", new { email = "nobody@example.com", password = "x" }, ("X-Forwarded-For", "192.0.2.99"))).Code);

        codes.Clear();
        for (var i = 0; i < 7; i++)
            codes.Add((await owner.SendAsync(HttpMethod.Put, $"/users/{(i % 2 == 0 ? "victim" : id.ToString())}/password", new { password = "weak" }, ("X-Forwarded-For", $"192.0.3.{i}"))).Code);
        Assert.Equal([400, 400, 400, 400, 400, 400, 429], codes);
    }

    [Fact]
    public async Task An_owner_may_go_without_limits_but_not_where_passwords_are_tried()
    {
        await using var s = await Scenario.StartAsync();
        var (_, member) = await s.AddAsync("member");
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString, ("RateLimits:ApiPerMinute", "3"), ("RateLimits:LoginPerMinute", "2"));
        (string, string) bypass = ("X-Coder-Bypass-Ratelimit", "true");
        using var owner = new ApiClient(replica.Address, s.Owner.Token);
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await owner.SendAsync(HttpMethod.Get, "/users/me", null, bypass)).Code);
        List<int> codes = [];
        for (var i = 0; i < 3; i++)
            codes.Add((await owner.SendAsync(HttpMethod.Put, "/users/member/password", new { password = "weak" }, bypass)).Code);
        Assert.Equal([400, 400, 429], codes);

        using var plain = new ApiClient(replica.Address, member.Token);
        Assert.Equal(403, (await plain.SendAsync(HttpMethod.Get, "/users/me", null, bypass)).Code);
        Assert.Equal(200, (await plain.SendAsync(HttpMethod.Get, "/users/me", null, ("X-Coder-Bypass-Ratelimit", "false"))).Code);
        using var anonymous = new ApiClient(replica.Address);
        Assert.Equal(403, (await anonymous.SendAsync(HttpMethod.Get, "/buildinfo", null, bypass)).Code);
    }

    [Fact]
    public async Task A_page_and_its_file_are_limited_too()
    {
        await using var s = await Scenario.StartAsync(("RateLimits:ApiPerMinute", "3"));
        using var http = Http(s);
        foreach (var path in new[] { "/users", "/users/export" })
        {
            List<int> codes = [];
            for (var i = 0; i < 4; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add("Coder-Session-Token", s.Owner.Token);
                using var answer = await http.SendAsync(request);
                codes.Add((int)answer.StatusCode);
            }

            Assert.Equal([200, 200, 200, 429], codes);
        }
    }

    private static HttpClient Http(Scenario s) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = s.Server.Address };
}
