using System.Net;
using System.Text.RegularExpressions;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests;

/// <summary>One server for tests that need no browser.</summary>
public sealed class PlainServer : IAsyncLifetime
{
    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync() => Scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await Scenario.DisposeAsync();
}

/// <summary>What needs no browser: headers, forgery, files, errors.</summary>
public sealed partial class HeaderTests(PlainServer server) : IClassFixture<PlainServer>
{
    private readonly Scenario _s = server.Scenario;

    [Fact]
    public async Task Pages_have_a_strict_policy_and_files_may_be_kept()
    {
        using var client = Client();
        using var page = await client.GetAsync("/users");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(InlineScript(), html);
        var files = Asset().Matches(html);
        Assert.Equal(3, files.Count);
        foreach (Match file in files)
        {
            using var answer = await client.GetAsync(file.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_without_the_field_of_this_session_changes_nothing()
    {
        var name = await _s.CreateUserAsync("forged");
        using var client = Client();
        using var page = await client.GetAsync("/users/forged/suspend");
        var field = Field().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.NotEmpty(field);
        var cookie = page.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("monolith_antiforgery", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(client, "/users/forged/suspend", null, cookie));

        // The field is worthless in another session of the same user.
        var key = await _s.Owner.PostAsync("/users/login", new { email = "owner@example.com", password = Scenario.Password });
        using var others = Client(key["session_token"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(others, "/users/forged/suspend", field, cookie));
        Assert.Equal("active", (await _s.Owner.GetAsync($"/users/{name}"))["status"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Found, await PostAsync(client, "/users/forged/suspend", field, cookie));
        Assert.Equal("suspended", (await _s.Owner.GetAsync($"/users/{name}"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_form_that_one_replica_made_is_good_on_another()
    {
        await _s.CreateUserAsync("moving");
        await using var second = await MonolithServer.StartOnAsync(_s.Server.ConnectionString);
        using var client = Client();
        using var page = await client.GetAsync("/users/moving/suspend");
        var field = Field().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        var cookie = page.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("monolith_antiforgery", StringComparison.Ordinal)).Split(';')[0];

        using var there = Client();
        there.BaseAddress = second.Address;
        Assert.Equal(HttpStatusCode.Found, await PostAsync(there, "/users/moving/suspend", field, cookie));
        Assert.NotEqual(0L, await _s.Server.SqlAsync("select count(*) from platform.form_keys"));
    }

    [Fact]
    public async Task People_get_pages_and_programs_get_json_when_something_is_not_there()
    {
        using var client = Client();
        using var page = await client.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        using var api = await client.GetAsync("/api/v2/no-such-route");
        Assert.Equal("application/json", api.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Trying_passwords_at_the_sign_in_page_is_limited_and_told_to_people()
    {
        // Every try counts, also one without a good antiforgery field. They count by address, so this server is not shared.
        await using var limited = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("RateLimits:LoginPerMinute", "5"));
        using var client = Client("");
        client.BaseAddress = limited.Address;
        HttpResponseMessage answer;
        var tries = 0;
        do
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["email"] = "owner@example.com", ["password"] = "guess" });
            answer = await client.PostAsync("/sign-in", form);
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest && ++tries < 10);

        using (answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("Too many requests.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task N_11_the_file_respects_filter_and_gate()
    {
        await _s.CreateUserAsync("exported");
        using var client = Client();
        var file = await client.GetStringAsync("/users/export?filter=exported");
        var lines = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain("has_ai_seat", lines[0], StringComparison.Ordinal);
        await Browser.Seats.GrantAsync(_s, 5);
        Assert.Contains("has_ai_seat", await client.GetStringAsync("/users/export?filter=exported"), StringComparison.Ordinal);
        Assert.Contains("has_ai_seat", await client.GetStringAsync("/organizations/main/members/export"), StringComparison.Ordinal);
    }

    private HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _s.Server.Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("Cookie", $"{SessionCookieNames.Session}={token ?? _s.Owner.Token}");
        return client;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, string? field, string cookie)
    {
        var form = new Dictionary<string, string> { ["_handler"] = "status" };
        if (field is not null)
            form["__RequestVerificationToken"] = field;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", $"{client.DefaultRequestHeaders.GetValues("Cookie").Single()}; {cookie}");
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("<script(?![^>]* src=)")]
    private static partial Regex InlineScript();

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Asset();

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
