using System.Net.Http.Headers;
using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>Sign-in and set-up cannot be sent by the pages of other sites.</summary>
public sealed class EntryTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Login = """{"email":"owner@example.com","password":"Correct-Horse-9-Battery"}""";
    private readonly Scenario _s = fixture.Scenario;

    [Theory]
    [InlineData("/api/v2/users/login", "text/plain")]
    [InlineData("/api/v2/users/login", "application/x-www-form-urlencoded")]
    [InlineData("/api/v2/users/login", "multipart/form-data; boundary=x")]
    [InlineData("/api/v2/users/login", "application/jsonp")]
    [InlineData("/api/v2/users/login", null)]
    [InlineData("/api/v2/users/first", "text/plain")]
    [InlineData("/api/v2/users/first", null)]
    public async Task Only_json_signs_in_and_sets_up(string path, string? type)
    {
        using var answer = await SendAsync(path, type, "same-origin");
        Assert.Equal(415, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("\"message\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("application/json; charset=utf-8", "same-origin")]
    [InlineData("Application/JSON", "none")]
    public async Task Json_signs_in(string type, string? site)
    {
        using var answer = await SendAsync("/api/v2/users/login", type, site);
        Assert.Equal(201, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v2/users/login", "application/json")]
    [InlineData("/api/v2/users/first", "application/json")]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    [InlineData("/set-up", "application/x-www-form-urlencoded")]
    [InlineData("/users/owner/suspend", "application/x-www-form-urlencoded")]
    public async Task A_request_from_another_site_is_refused(string path, string type)
    {
        using var answer = await SendAsync(path, type, "cross-site");
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_link_from_another_site_still_opens_the_page()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_s.Server.Address, "/sign-in"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? type, string? site)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_s.Server.Address, path)) { Content = new StringContent(Login) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await http.SendAsync(request);
    }
}
