namespace Monolith.Api.Tests.Edges;

/// <summary>Bodies whose framing is wrong: the client's error, on every kind of route that reads one. Never a 500, and the connection ends.</summary>
public sealed class FramingTests(Members.ServerFixture fixture) : IClassFixture<Members.ServerFixture>
{
    private static readonly string[] Routes = ["/api/v2/authcheck", "/api/v2/users/login", "/api/v2/ai-usage/interceptions", "/sign-in"];

    private static readonly (string Name, string Headers, string Body)[] Faults =
    [
        ("huge chunk", "Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n"),
        ("large chunk", "Transfer-Encoding: chunked", "FFFFFFFF\r\nx\r\n0\r\n\r\n"),
        ("largest chunk", "Transfer-Encoding: chunked", "7FFFFFFF\r\nx\r\n0\r\n\r\n"),
        ("no hex", "Transfer-Encoding: chunked", "xyz\r\nx\r\n0\r\n\r\n"),
        ("negative chunk", "Transfer-Encoding: chunked", "-5\r\nhello\r\n0\r\n\r\n"),
        ("empty size", "Transfer-Encoding: chunked", "\r\nhello\r\n0\r\n\r\n"),
        ("long extension", "Transfer-Encoding: chunked", "5;" + new string('x', 20_000) + "\r\nhello\r\n0\r\n\r\n"),
        ("wrong chunk end", "Transfer-Encoding: chunked", "2\r\nhello\r\n0\r\n\r\n"),
        ("negative length", "Content-Length: -1", "{}"),
        ("absurd length", "Content-Length: 99999999999999999999", "{}"),
        ("large length", "Content-Length: 9223372036854775807", "{}"),
        ("unknown coding", "Transfer-Encoding: gzip", "{}"),
        ("huge header", "X-Filler: " + new string('x', 40_000), "{}"),
    ];

    [Fact]
    public async Task A_body_with_bad_framing_is_the_clients_error()
    {
        List<string> faults = [];
        foreach (var route in Routes)
        {
            foreach (var (name, headers, body) in Faults)
            {
                var answer = await SendAsync(route, headers, body, false);
                if (RawHttp.StatusOf(answer) is not 0 and (< 400 or > 499))
                    faults.Add($"{route}, {name}: {answer[..Math.Min(answer.Length, 200)]}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task A_body_that_ends_early_is_the_clients_error()
    {
        foreach (var route in Routes)
        {
            foreach (var (headers, body) in new[] { ("Content-Length: 100", "{}"), ("Transfer-Encoding: chunked", "5\r\nhel"), ("Transfer-Encoding: chunked", "") })
                Assert.InRange(RawHttp.StatusOf(await SendAsync(route, headers, body, true)), 0, 499);
        }
    }

    [Fact]
    public async Task An_absurd_chunk_size_is_400_with_the_error_body()
    {
        var answer = await SendAsync("/api/v2/authcheck", "Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n", false);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"message\":\"The request body could not be read.\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_lengths_the_chunks_count_and_the_connection_ends()
    {
        // What stands behind the body would be a second request if the other length were taken.
        var answer = await SendAsync("/api/v2/authcheck", "Content-Length: 3\r\nTransfer-Encoding: chunked", "d\r\n{\"checks\":{}}\r\n0\r\n\r\nGET /api/v2/users/me HTTP/1.1\r\nHost: localhost\r\n\r\n", false);
        Assert.Equal(200, RawHttp.StatusOf(answer));
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    private Task<string> SendAsync(string route, string headers, string body, bool halfClose) => RawHttp.SendAsync(
        fixture.Scenario.Server.Address,
        $"POST {route} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {(route == "/sign-in" ? "application/x-www-form-urlencoded" : "application/json")}\r\nCoder-Session-Token: {fixture.Scenario.Owner.Token}\r\n{headers}\r\n\r\n{body}",
        halfClose);
}
