using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests;

/// <summary>What of the API reference needs no browser: who may read it, its headers, and that its example lines work in a shell.</summary>
public sealed partial class ReferenceAnswerTests(PlainServer server) : IClassFixture<PlainServer>
{
    private readonly Scenario _s = server.Scenario;

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/users")]
    [InlineData("/docs/Users")]
    public async Task It_is_open_to_everybody_and_has_a_head(string path)
    {
        using var http = Client(_s.Server.Address);
        using var page = await http.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_it_does_not_have_is_told_as_a_page()
    {
        using var http = Client(_s.Server.Address);
        foreach (var path in new[] { "/docs/no-such-tag", "/docs/users/no-such-page" })
        {
            using var page = await http.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
            Assert.Contains("role=\"alert\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_read_while_the_database_is_away()
    {
        await using var lonely = await MonolithServer.StartAsync();
        await TestDatabase.DropAsync(lonely.ConnectionString);
        using var http = Client(lonely.Address);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/api/v2/users/first")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/docs")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/docs/users")).StatusCode);
    }

    [SkippableFact]
    public async Task The_line_of_every_read_works_in_a_shell()
    {
        Skip.IfNot(File.Exists("/bin/sh") && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "curl"))), "There is no curl on this machine.");
        using var http = Client(_s.Server.Address);
        var reads = Reference.Operations(await Reference.DocumentAsync(_s))
            .Where(one => one.Method == "GET" && Placeholder().Matches(one.Path).All(place => place.Value is "{user}" or "{organization}"))
            .Select(one => one.Id).ToHashSet();
        var lines = new List<string>();
        foreach (Match link in Page().Matches(await http.GetStringAsync("/docs")).DistinctBy(link => link.Value))
        {
            var page = await http.GetStringAsync(link.Groups[1].Value);
            lines.AddRange(Line().Matches(page).Where(line => reads.Contains(line.Groups[1].Value)).Select(line => WebUtility.HtmlDecode(line.Groups[2].Value)));
        }

        Assert.Equal(reads.Count, lines.Count);
        var statuses = (await RunAsync($$"""
            curl() { command curl -s -o /dev/null -w '%{http_code} %{url}\n' "$@"; }
            {{string.Join('\n', lines)}}
            """)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Count, statuses.Length);

        // Claims are for those who sign in by an identity provider, and some questions need their values first; nothing is misspelt or needs another token.
        Assert.DoesNotContain(statuses, status => status[..3] is not ("200" or "400"));
        Assert.True(statuses.Count(status => status.StartsWith("200", StringComparison.Ordinal)) > 25, string.Join('\n', statuses));
    }

    private async Task<string> RunAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["token"] = _s.Owner.Token;
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script + "\n");
        shell.StandardInput.Close();
        return await shell.StandardOutput.ReadToEndAsync();
    }

    private static HttpClient Client(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    [GeneratedRegex("<li><a href=\"(/docs/[a-z-]+)\"")]
    private static partial Regex Page();

    [GeneratedRegex("<article class=\"card operation\" id=\"([^\"]+)\".*?<pre class=\"curl\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
