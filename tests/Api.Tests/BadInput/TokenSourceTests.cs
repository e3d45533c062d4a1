namespace Monolith.Api.Tests.BadInput;

/// <summary>Where a token may stand, which place wins, and what a cookie needs on top.</summary>
[Collection(BadInputGroup.Name)]
public sealed class TokenSourceTests(BadInputServer server)
{
    private const string Bad = "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb";
    private const int Sources = 5;
    private static readonly byte[] Look = "{\"theme_preference\":\"dark\",\"terminal_font\":\"fira-code\"}"u8.ToArray();

    private string Good => server.Scenario.Owner.Token!;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_first_place_that_holds_a_token_wins(int first)
    {
        Assert.Equal(200, await GetAsync(at => at < first ? null : at == first ? Good : Bad));
        Assert.Equal(200, await GetAsync(at => at == first ? Good : null));
        Assert.Equal(401, await GetAsync(at => at < first ? null : at == first ? Bad : Good));
    }

    [Fact]
    public async Task A_write_with_a_cookie_needs_the_csrf_token()
    {
        var csrf = await CsrfAsync(Good);
        Assert.Equal(400, await WriteAsync(Cookie()));
        Assert.Equal(400, await WriteAsync(Cookie($"; csrf_token={csrf}")));
        Assert.Equal(400, await WriteAsync(Cookie($"; csrf_token={csrf}"), ("X-CSRF-TOKEN", "two")));
        Assert.Equal(400, await WriteAsync(Cookie("; csrf_token="), ("X-CSRF-TOKEN", "")));
        Assert.Equal(400, await WriteAsync(Cookie(), ("X-CSRF-TOKEN", "one")));
        Assert.Equal(200, await WriteAsync(Cookie($"; csrf_token={csrf}"), ("X-CSRF-TOKEN", csrf)));
    }

    [Fact]
    public async Task A_csrf_token_that_somebody_made_up_or_took_from_another_session_is_worthless()
    {
        Assert.Equal(400, await WriteAsync(Cookie("; csrf_token=evil"), ("X-CSRF-TOKEN", "evil")));
        var other = await server.Scenario.SignInAsync("owner@example.com");
        var csrf = await CsrfAsync(other.Token!);
        Assert.NotEqual(csrf, await CsrfAsync(Good));
        Assert.Equal(400, await WriteAsync(Cookie($"; csrf_token={csrf}"), ("X-CSRF-TOKEN", csrf)));
    }

    [Fact]
    public async Task A_bearer_token_of_the_same_user_stands_for_the_csrf_token_and_no_other_does()
    {
        var other = await server.Scenario.SignInAsync("owner@example.com");
        var (_, stranger) = await server.Scenario.AddAsync("bearer");
        Assert.Equal(200, await WriteAsync(Cookie(), ("Authorization", "Bearer " + other.Token)));
        Assert.Equal(200, await WriteAsync(Cookie(), ("Authorization", "Bearer " + Good)));
        Assert.Equal(400, await WriteAsync(Cookie(), ("Authorization", "Bearer " + stranger.Token)));
        Assert.Equal(400, await WriteAsync(Cookie(), ("Authorization", "Bearer " + Bad)));
        Assert.Equal(400, await WriteAsync(Cookie(), ("Authorization", "Bearer")));
    }

    [Fact]
    public async Task A_header_with_the_same_token_stands_for_the_csrf_token()
    {
        Assert.Equal(200, await WriteAsync(Cookie(), ("Coder-Session-Token", Good)));
        Assert.Equal(400, await WriteAsync(Cookie(), ("Coder-Session-Token", Bad)));
        Assert.Equal(200, await WriteAsync(("Coder-Session-Token", Good)));
        Assert.Equal(200, await WriteAsync(("Authorization", "Bearer " + Good)));
    }

    [Fact]
    public async Task A_forged_write_is_an_error_body_and_a_bad_cookie_is_401()
    {
        var forged = await server.SendAsync(HttpMethod.Put, "/api/v2/users/me/appearance", Look, null, Cookie());
        Assert.Null(ErrorShape.Fault(forged));
        Assert.Equal(401, await WriteAsync(("Cookie", "coder_session_token=" + Bad)));
    }

    [Fact]
    public async Task A_question_that_changes_nothing_needs_no_csrf_token()
    {
        // A page that has just signed in asks this before it can know the new token.
        var answer = await server.SendAsync(HttpMethod.Post, "/api/v2/authcheck", "{\"checks\":{}}"u8.ToArray(), null, Cookie("; csrf_token=one"), ("X-CSRF-TOKEN", "old"));
        Assert.Equal(200, answer.Code);
    }

    private (string Name, string Value) Cookie(string more = "") => ("Cookie", "coder_session_token=" + Good + more);

    /// <summary>What a browser gets beside a page when its CSRF cookie is of an older kind.</summary>
    private async Task<string> CsrfAsync(string token)
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/users/me", null, null, ("Cookie", $"coder_session_token={token}; csrf_token=old"));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("csrf_token=", StringComparison.Ordinal));
        Assert.DoesNotContain("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var value = cookie.Split(';')[0]["csrf_token=".Length..];
        Assert.DoesNotContain("Set-Cookie", (await server.SendAsync(HttpMethod.Get, "/api/v2/users/me", null, null, ("Cookie", $"coder_session_token={token}; csrf_token={value}"))).Headers.Select(header => header.Key));
        return value;
    }

    private async Task<int> WriteAsync(params (string Name, string Value)[] headers) =>
        (await server.SendAsync(HttpMethod.Put, "/api/v2/users/me/appearance", Look, null, headers)).Code;

    private async Task<int> GetAsync(Func<int, string?> tokenAt)
    {
        var tokens = Enumerable.Range(0, Sources).Select(tokenAt).ToArray();
        List<(string Name, string Value)> headers = [];
        List<string> query = [];
        if (tokens[0] is { } cookie)
            headers.Add(("Cookie", "coder_session_token=" + cookie));
        if (tokens[1] is { } first)
            query.Add("coder_session_token=" + first);
        if (tokens[2] is { } header)
            headers.Add(("Coder-Session-Token", header));
        if (tokens[3] is { } bearer)
            headers.Add(("Authorization", "Bearer " + bearer));
        if (tokens[4] is { } last)
            query.Add("access_token=" + last);
        return (await server.SendAsync(HttpMethod.Get, "/api/v2/users/me?" + string.Join('&', query), null, null, [.. headers])).Code;
    }
}
