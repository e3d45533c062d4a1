using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Monolith.Testing;

/// <summary>
/// Holds the answers of a server to everything but <see cref="ApiClient"/> against the API document: browsers, sockets, clients of other libraries. What does
/// not fit fails the test when it ends the server.
/// </summary>
internal sealed class DescriptionTap : IStartupFilter
{
    /// <summary>Marks a request whose answer the client itself holds against the document, and can tell the test at once.</summary>
    public const string Checked = "X-Test-Checked";

    private const int Longest = 1 << 20;

    private readonly ConcurrentQueue<DescriptionMismatchException> _faults = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(LookAsync);
        next(app);
    };

    public void Check()
    {
        if (_faults.TryDequeue(out var fault))
            throw fault;
    }

    private async Task LookAsync(HttpContext context, RequestDelegate next)
    {
        var (path, query, method) = (context.Request.Path, context.Request.QueryString, context.Request.Method);
        if (context.Request.Headers.ContainsKey(Checked) || !path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        using var received = new MemoryStream();
        using var sent = new MemoryStream();
        if (context.Request is { ContentLength: > 0 and < Longest })
            context.Request.Body = new CopyingStream(context.Request.Body, received, Longest);
        context.Response.Body = new CopyingStream(context.Response.Body, sent, Longest);
        await next(context);
        if (context.RequestAborted.IsCancellationRequested || sent.Length >= Longest || context.Response.Headers.ContentEncoding.Count > 0)
            return;
        try
        {
            var body = context.Request.HasJsonContentType() && received.Length == context.Request.ContentLength ? Encoding.UTF8.GetString(received.ToArray()) : null;
            var address = new UriBuilder("http", "localhost") { Path = path.ToUriComponent(), Query = query.ToUriComponent() }.Uri;
            DescriptionWatch.Check(
                new HttpMethod(method), address, body, context.Response.StatusCode, context.Response.ContentType?.Split(';')[0], Encoding.UTF8.GetString(sent.ToArray()));
        }
        catch (DescriptionMismatchException fault)
        {
            _faults.Enqueue(fault);
        }
    }
}
