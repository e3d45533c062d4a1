using System.Diagnostics;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Data.Paging;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Json;
using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>Writes lists: a page at once, a stream while it is read.</summary>
public static class ListResults
{
    /// <summary>200 with a JSON array.</summary>
    public static async Task<IResult> AsArray<T>(this Task<Result<RowStream<T>>> result) =>
        (await result).Match<IResult>(stream => new StreamResult<T>(stream, _ => new JsonRows<T>(null), null), ApiResults.Failure);

    /// <summary>200 with the rows under <paramref name="property"/> and their <c>count</c>, or as CSV when the client prefers it.</summary>
    /// <param name="result">The list.</param>
    /// <param name="property">The name of the array.</param>
    /// <param name="format">What the client prefers.</param>
    /// <param name="table">The CSV file.</param>
    /// <param name="lines">The name of the file of JSON in lines; null when the list does not offer it.</param>
    public static async Task<IResult> AsPage<T>(this Task<Result<ListResult<T>>> result, string property, ListFormat format, CsvTable<T> table, string? lines = null) =>
        (await result).Match<IResult>(
            list => list switch
            {
                Page<T> page => new PageResult<T>(page, property),
                RowStream<T> stream when format.IsLines && lines is not null => new StreamResult<T>(stream, _ => new JsonLines<T>(), lines),
                RowStream<T> stream when format.IsCsv => new StreamResult<T>(stream, services => table.Rows(services.GetRequiredService<IFeatureGate>()), table.FileName),
                RowStream<T> stream => new StreamResult<T>(stream, _ => new JsonRows<T>(property), null),
                _ => throw new UnreachableException(),
            },
            ApiResults.Failure);

    /// <summary>200 with a page of rows under <paramref name="property"/> and their <c>count</c>, for lists that have no file.</summary>
    public static async Task<IResult> AsPage<T>(this Task<Result<ListResult<T>>> result, string property) =>
        (await result).Match<IResult>(
            list => list is Page<T> page ? new PageResult<T>(page, property) : new StreamResult<T>((RowStream<T>)list, _ => new JsonRows<T>(property), null),
            ApiResults.Failure);

    /// <summary>200 with one object whose last member is a list that is written while it is read.</summary>
    /// <param name="head">The object; what it holds under <paramref name="property"/> is left out.</param>
    /// <param name="property">The name of the list.</param>
    /// <param name="rows">The list.</param>
    public static IResult Document<THead, T>(THead head, string property, RowStream<T> rows) =>
        new DocumentResult(new StreamResult<T>(rows, _ => new JsonRows<T>(property, JsonSerializer.SerializeToElement(head, WireJson.Options)), null));

    internal static async Task SendAsync<T>(this IRowWriter<T> rows, HttpContext context, string? fileName)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = rows.ContentType;
            context.Response.Headers.Append("Vary", "Accept");
            if (fileName is not null)
                context.Response.Headers.ContentDisposition = new ContentDisposition { FileName = fileName }.ToString();
        }
        await context.Response.BodyWriter.WriteAsync(rows.Written, context.RequestAborted);
        rows.Clear();
    }

    /// <summary>Says where the list goes on (contract section 7.3): by cursor where the order has one, else by offset. The rest of the address stays.</summary>
    internal static void AddNextLink(this HttpContext context, NextPage next)
    {
        var request = context.Request;
        // A list by offset still begins behind the row that it began behind.
        string[] replaced = next.AfterId is null ? ["offset"] : ["offset", "after_id"];
        var query = QueryString.Create(request.Query.Where(one => !replaced.Contains(one.Key, StringComparer.OrdinalIgnoreCase)));
        query = next.AfterId is { } after ? query.Add("after_id", after.ToString()) : query.Add("offset", Ahead(request));
        context.Response.Headers.Append("Link", $"<{request.PathBase}{request.Path}{query}>; rel=\"next\"");
    }

    // Both were read as numbers before: this is a page with a limit.
    private static string Ahead(HttpRequest request)
    {
        long.TryParse(request.Query["offset"], CultureInfo.InvariantCulture, out var offset);
        long.TryParse(request.Query["limit"], CultureInfo.InvariantCulture, out var limit);
        return (offset + limit).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Breaks a list off: what was sent must not look like a whole document.</summary>
    internal static void BreakOff(this HttpContext context, Exception exception)
    {
        if (!context.RequestAborted.IsCancellationRequested)
            ListLog.Broken(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ListResults)), exception);
        context.Abort();
    }

    private sealed class DocumentResult(IResult document) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (!IfNoneMatch.Holds(httpContext))
                return document.ExecuteAsync(httpContext);
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
    }

    private sealed class PageResult<T>(Page<T> page, string property) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var rows = new JsonRows<T>(property);
            rows.WriteWhole(page.Rows, page.Count);
            if (page.Next is { } next)
                httpContext.AddNextLink(next);
            if (page.IsEstimate)
                httpContext.Response.Headers[ResponseHeaders.Count] = "estimate";
            try
            {
                await rows.SendAsync(httpContext, null);
            }
            catch (Exception exception) when (httpContext.Response.HasStarted)
            {
                httpContext.BreakOff(exception);
            }
        }
    }
}

internal static partial class ListLog
{
    [LoggerMessage(LogLevel.Error, "A list broke off while it was written; the connection is closed.")]
    public static partial void Broken(ILogger log, Exception exception);
}
