using System.Net;
using System.Text.RegularExpressions;
using Monolith.Members.Contracts;

namespace Monolith.Api.Tests.Edges;

/// <summary>As much of a browser as forms need.</summary>
internal sealed partial class PageBrowser : IDisposable
{
    private readonly HttpClient _http;

    public PageBrowser(Uri address, string? token = null, params (string Name, string Value)[] headers)
    {
        var cookies = new CookieContainer();
        if (token is not null)
            cookies.Add(address, new Cookie(SessionCookieNames.Session, token));
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        foreach (var (name, value) in headers)
            _http.DefaultRequestHeaders.Add(name, value);
    }

    public async Task<string> PageAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<string> LocationAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return Location(answer);
    }

    public async Task<string> PostAsync(string path, string form, Dictionary<string, string> fields)
    {
        var field = Field().Match(await PageAsync(path)).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields.Append(new("_handler", form)).Append(new("__RequestVerificationToken", field)));
        using var answer = await _http.PostAsync(path, content);
        return Location(answer);
    }

    public void Dispose() => _http.Dispose();

    // Of this host or of none.
    private string Location(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var target = new Uri(_http.BaseAddress!, answer.Headers.Location!);
        Assert.Equal(_http.BaseAddress!.Authority, target.Authority);
        return target.PathAndQuery;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
