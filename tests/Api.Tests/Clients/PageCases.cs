using System.Net;
using Monolith.Api.Tests.Members;
using Monolith.Testing;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Tests.Clients;

/// <summary>Addresses that clients open in a browser. Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(UsersGroup.Name)]
public sealed class PageCases(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    /// <summary>What a redirect must not follow, written once and encoded once more.</summary>
    public static TheoryData<string> Tricks => new(
        "https://evil.example", "http:evil.example", "https:/evil.example", "https:evil.example", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "//evil.example@127.0.0.1", "@evil.example", ".evil.example", "evil.example", "javascript:alert(1)",
        "/.//evil.example", "/..//evil.example", "/users/..//evil.example", "/./\\evil.example", "/\u0000/evil.example", "/api/v2/users/me", "/API/v2/users/me", "?x", "#x", "");

    [Theory, MemberData(nameof(Tricks))]
    public async Task Case_12_no_redirect_leaves_this_server(string trick)
    {
        foreach (var value in new[] { trick, Uri.EscapeDataString(trick) })
        {
            var query = $"?redirect={Uri.EscapeDataString(value)}";
            foreach (var (path, token) in new[] { ("/login", _s.Owner.Token), ("/login", null), ("/setup", _s.Owner.Token), ("/setup", null), ("/sign-in", _s.Owner.Token) })
            {
                var (status, location) = await OpenAsync(path == "/sign-in" ? path + query.Replace("redirect=", "return=", StringComparison.Ordinal) : path + query, token);
                if (location is null)
                {
                    Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{path} answers {status}");
                    continue;
                }

                var target = new Uri(_s.Server.Address, location);
                Assert.Equal(_s.Server.Address.Authority, target.Authority);
                Assert.DoesNotContain("//", target.AbsolutePath, StringComparison.Ordinal);
                Assert.False(location.StartsWith("//", StringComparison.Ordinal) || location.Contains('\\', StringComparison.Ordinal), location);

                // What is handed on is judged again where it is used.
                if (path == "/login" && token is not null && value == trick && status == HttpStatusCode.Redirect)
                    Assert.Equal("/", location);
            }
        }
    }

    [Fact]
    public async Task Case_12_a_stranger_signs_in_and_comes_back_and_who_is_signed_in_goes_straight_there()
    {
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fcli-auth"), await OpenAsync("/cli-auth", null));
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fcli-auth"), await OpenAsync("/login?redirect=%2Fcli-auth", null));
        Assert.Equal((HttpStatusCode.Redirect, "/cli-auth"), await OpenAsync("/login?redirect=%2Fcli-auth", _s.Owner.Token));
        Assert.Equal((HttpStatusCode.Redirect, "/users?filter=status:active"), await OpenAsync("/login?redirect=%2Fusers%3Ffilter%3Dstatus%3Aactive", _s.Owner.Token));
        Assert.Equal((HttpStatusCode.Redirect, "/login?redirect=%2Fcli-auth"), await OpenAsync("/setup?redirect=%2Fcli-auth", null));
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), await OpenAsync("/login", null));
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), await OpenAsync("/login?redirect=%2Fa&redirect=%2Fb", null));
    }

    [Fact]
    public async Task Case_12_before_the_set_up_everything_leads_to_it()
    {
        await using var server = await MonolithServer.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        foreach (var (path, location) in new[] { ("/setup?redirect=%2Fcli-auth", "/set-up?return=%2Fcli-auth"), ("/login?redirect=%2Fcli-auth", "/sign-in?return=%2Fcli-auth") })
            Assert.Equal(location, (await http.GetAsync(new Uri(path, UriKind.Relative))).Headers.Location?.ToString());
        Assert.EndsWith("/set-up?return=%2Fcli-auth", (await http.GetAsync(new Uri("/sign-in?return=%2Fcli-auth", UriKind.Relative))).Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_page_makes_no_key()
    {
        const string count = "select count(*) from members.api_keys";
        var (_, _, person) = await _s.AddPersonAsync("reader");
        var before = await _s.Server.SqlAsync(count + $" where user_id = (select user_id from members.api_keys where id = '{person.Token![..10]}')");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await OpenAsync("/cli-auth", person.Token)).Status);
        Assert.Equal(before, await _s.Server.SqlAsync(count + $" where user_id = (select user_id from members.api_keys where id = '{person.Token![..10]}')"));
    }

    [Fact]
    public async Task Case_15_a_persons_own_pages_are_there()
    {
        var (_, _, member) = await _s.AddPersonAsync("settings");
        foreach (var path in new[] { "/settings/tokens", "/settings/account", "/settings/tokens/new", "/cli-auth" })
            Assert.Equal(HttpStatusCode.OK, (await OpenAsync(path, member.Token)).Status);
        foreach (var path in new[] { "/settings", "/settings/external-auth" })
            Assert.Equal((HttpStatusCode.Redirect, "/settings/account"), await OpenAsync(path, member.Token));
    }

    [Theory]
    [InlineData("/cli-auth", true)]
    [InlineData("/users?filter=a//b", true)]
    [InlineData("/users#//x", true)]
    [InlineData("/@evil.example", true)]
    [InlineData("/.//evil.example", false)]
    [InlineData("/a//b", false)]
    [InlineData("//evil.example", false)]
    public void A_path_with_two_slashes_together_is_no_page(string path, bool isPage) => Assert.Equal(isPage ? path : "/", LocalPath.Or(path, "/"));

    private async Task<(HttpStatusCode Status, string? Location)> OpenAsync(string path, string? token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, _s.Server.Address + path.TrimStart('/'));
        if (token is not null)
            request.Headers.Add("Coder-Session-Token", token);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
