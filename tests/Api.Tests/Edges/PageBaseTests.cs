using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Monolith.Api.Dashboard;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>Pages and their redirects below a path base, whoever names it.</summary>
public sealed partial class PageBaseTests
{
    [Theory]
    [InlineData("""<a href="/">""", """<a href="/monolith/">""")]
    [InlineData("""<a data-nav href="/users?filter=a%2Fb&amp;page=2">""", """<a data-nav href="/monolith/users?filter=a%2Fb&amp;page=2">""")]
    [InlineData("<a class=\"sort\"\n   href=\"/users\">", "<a class=\"sort\"\n   href=\"/monolith/users\">")]
    [InlineData("""<form method="get" action="/users"><button formaction="/users/bulk">""", """<form method="get" action="/monolith/users"><button formaction="/monolith/users/bulk">""")]
    [InlineData("""<script type="module" src="/assets/app.js?v=1"></script>""", """<script type="module" src="/monolith/assets/app.js?v=1"></script>""")]
    [InlineData("""<a href="#main"><use href="#i-logo" /></a><a href="//example.org/">""", """<a href="#main"><use href="#i-logo" /></a><a href="//example.org/">""")]
    [InlineData("""<input name="return" value="/users" /><p>Write href=&quot;/users&quot;</p>""", """<input name="return" value="/users" /><p>Write href=&quot;/users&quot;</p>""")]
    public void Each_path_that_a_page_leads_to_gets_the_base_and_nothing_else_changes(string page, string below) =>
        Assert.Equal(below, PageBase.Below(page, Request("/monolith", "/users/new")));

    [Fact]
    public void A_base_cannot_end_the_attribute_that_it_stands_in() =>
        Assert.Equal("""<a href="/a%22%3E%3Cb&amp;$0/users">""", PageBase.Below("""<a href="/users">""", Request("/a\"><b&$0", "/users")));

    [Fact]
    public void A_base_with_the_name_of_a_page_is_told_apart_from_it() =>
        Assert.Equal(
            """<form method="post" action="/users/users/new?a=1&amp;b=2"><a href="/users/users"><form action="/users/users">""",
            PageBase.Below("""<form method="post" action="/users/users/new?a=1&amp;b=2"><a href="/users"><form action="/users">""", Request("/users", "/users/new", "?a=1&b=2")));

    [Fact]
    public async Task Redirects_of_strangers_and_of_forms_keep_the_base()
    {
        await using var server = await MonolithServer.StartAsync(("Proxy:PathBase", "/monolith"));
        using var browser = new PageBrowser(server.Address);
        Assert.Equal("/monolith/set-up", await browser.LocationAsync("/monolith/organizations"));
        Assert.Equal("/monolith/set-up", await browser.LocationAsync("/monolith/sign-in"));
        var owner = new Dictionary<string, string> { ["email"] = "owner@example.com", ["username"] = "owner", ["password"] = Scenario.Password };
        Assert.Equal("/monolith/", await browser.PostAsync("/monolith/set-up", "set-up", owner));
        Assert.Equal("/monolith/users", await browser.LocationAsync("/monolith/"));
        var organization = Organization().Match(await browser.PageAsync("/monolith/users/new")).Groups[1].Value;
        Assert.Equal("/monolith/users", await browser.PostAsync("/monolith/users/new", "create", new() { ["kind"] = "service", ["username"] = "robot", ["organization_ids"] = organization }));
        Assert.Equal("/monolith/users?page=2", await browser.PostAsync("/monolith/users/robot/suspend?return=%2Fusers%3Fpage%3D2", "status", []));
        Assert.Equal("/monolith/users", await browser.PostAsync("/monolith/users/robot/activate?return=%2F%2Fexample.org%2F", "status", []));
        Assert.Equal("/monolith/sign-in", await browser.PostAsync("/monolith/sign-out", "sign-out", []));
        Assert.Equal("/monolith/sign-in?return=%2Fusers%3Fpage%3D2", await browser.LocationAsync("/monolith/users?page=2"));
        Assert.Equal("/monolith/ai-seats", await browser.PostAsync("/monolith/sign-in?return=%2Fai-seats", "sign-in", owner));
        Assert.Equal("/monolith/users?page=2", await browser.LocationAsync("/monolith/sign-in?return=%2Fusers%3Fpage%3D2"));
        Assert.Equal("/monolith/", await browser.LocationAsync("/monolith/sign-in?return=%2F%5Cexample.org"));
    }

    [Theory]
    [InlineData("127.0.0.1", "/prefix", "/prefix")]
    [InlineData("127.0.0.1", "/prefix/", "/prefix")]
    [InlineData("127.0.0.1", "/two/parts", "/two/parts")]
    [InlineData("127.0.0.1", "//example.org", "")]
    [InlineData("127.0.0.1", "/\\example.org", "")]
    [InlineData("127.0.0.1", "/", "")]
    [InlineData("192.0.2.1", "/prefix", "")]
    public async Task The_base_that_a_named_proxy_tells_stands_before_links_and_redirects(string proxy, string prefix, string expected)
    {
        await using var s = await Scenario.StartAsync(("Proxy:KnownProxies", proxy));
        using var browser = new PageBrowser(s.Server.Address, s.Owner.Token, ("X-Forwarded-Prefix", prefix));
        Assert.Equal($"{expected}/users", await browser.LocationAsync("/"));
        foreach (var path in new[] { "/users", "/no-such-page", "/sign-out" })
        {
            var links = Link().Matches(await browser.PageAsync(path)).Select(match => match.Groups[1].Value).ToList();
            Assert.True(links.Count > 3);
            Assert.All(links, link => Assert.Matches($"^{expected}/([a-z]|$)", link));
            Assert.All(links, link => Assert.DoesNotContain(expected + expected + "/", expected.Length > 0 ? link : "", StringComparison.Ordinal));
        }
    }

    private static HttpRequest Request(string basePath, string path, string query = "")
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.PathBase, request.Path, request.QueryString) = ("http", new("monolith.example.com"), basePath, path, new(query));
        return request;
    }

    [GeneratedRegex("""\s(?:href|src|action)="(/[^"]*)""")]
    private static partial Regex Link();

    [GeneratedRegex("""name="organization_ids" value="([^"]+)""")]
    private static partial Regex Organization();
}
