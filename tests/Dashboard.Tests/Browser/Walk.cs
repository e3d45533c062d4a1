using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Web.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>Walks through the pages by their links, and opens one page of each kind.</summary>
internal sealed partial class Walk(Visit visit, IServiceProvider services, string basePath)
{
    // Every attribute that holds a path. What a field holds is no link: the path to come back to stands there without the base.
    private const string Paths =
        """
        () => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
          .filter(one => one.value.startsWith('/') && one.name !== 'value')
          .map(one => `${element.localName} ${one.name}=${one.value}`))
        """;

    private const string Links =
        """
        () => [...document.querySelectorAll('a[href], form[action], [formaction], [src], link[href]')]
          .map(element => new URL(element.getAttribute('href') ?? element.getAttribute('formaction') ?? element.getAttribute('action') ?? element.getAttribute('src'), location.href))
          .filter(url => url.origin === location.origin)
          .map(url => url.pathname + url.search)
        """;

    // A file stands beside the pages: its name goes before a parameter.
    private readonly IReadOnlyList<string> _files =
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageFile>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!),
    ];

    private readonly Queue<string> _next = [];
    private readonly HashSet<string> _opened = [];
    private readonly HashSet<string> _asked = [];

    /// <summary>The templates of the pages that were opened.</summary>
    public HashSet<string> Reached { get; } = [];

    /// <summary>The templates of all pages of all modules that are for people who are signed in, or for everybody.</summary>
    public IReadOnlyList<string> Pages { get; } =
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && (endpoint.Metadata.GetMetadata<AllowAnonymousPageAttribute>() is null || endpoint.Metadata.GetMetadata<OpenDocumentAttribute>() is not null))
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Distinct()
            .OrderBy(template => template.Count(c => c == '{')),
    ];

    /// <summary>True for the base and what is below it. A base that stands there twice is a fault of its own.</summary>
    public static bool IsBelow(string path, string basePath) =>
        path == basePath || (path.StartsWith(basePath + "/", StringComparison.Ordinal) && !path.StartsWith($"{basePath}{basePath}/", StringComparison.Ordinal));

    /// <summary>Goes on until no link leads to anything new.</summary>
    /// <param name="seeds">Paths below the base that no link leads to.</param>
    public async Task GoAsync(params IEnumerable<string> seeds)
    {
        foreach (var seed in seeds)
            _next.Enqueue(basePath + seed);
        while (_next.TryDequeue(out var path))
        {
            if (Page(path) is { } template)
                await OpenAsync(path, template);
            else
                await AskAsync(path);
        }
    }

    private async Task OpenAsync(string path, string template)
    {
        // One page of a kind is opened in the browser; the others are only asked whether they are there.
        var kind = template + string.Join('&', path.Split('?').Skip(1).SelectMany(query => query.Split('&')).Select(one => one.Split('=')[0]));
        if (!_opened.Add(kind))
        {
            await AskAsync(path.Split('?')[0]);
            return;
        }

        Reached.Add(template);
        var answer = (await visit.Page.GotoAsync(path))!;
        Assert.True(answer.Ok, $"{path} answers {answer.Status}");
        var strays = (await visit.Page.EvaluateAsync<string[]>(Paths)).Where(one => !IsBelow(one.Split('=', 2)[1], basePath));
        Assert.True(!strays.Any(), $"{path} loses the base: {string.Join(", ", strays)}");
        foreach (var link in await visit.Page.EvaluateAsync<string[]>(Links))
        {
            Assert.True(IsBelow(link, basePath), $"{path} leads to {link}");
            _next.Enqueue(link);
        }
    }

    private async Task AskAsync(string path)
    {
        if (!_asked.Add(path))
            return;
        var answer = await visit.Page.APIRequest.GetAsync(path, new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } });
        Assert.True(answer.Ok, $"{path} answers {answer.Status}");
        Assert.True(IsBelow(new Uri(answer.Url).AbsolutePath, basePath), $"{path} leads to {answer.Url}");
    }

    private string? Page(string path)
    {
        var place = path[basePath.Length..].Split('?', '#')[0];
        if (_files.Any(template => Regex.IsMatch(place, $"^{Parameter().Replace(template, "[^/]+")}$")))
            return null;
        return Pages.FirstOrDefault(template => Regex.IsMatch(place, $"^{Parameter().Replace(template, "[^/]+")}$"));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
