using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Data.Paging;

namespace Monolith.Web.Http;

/// <summary>Writes a list while it is read: memory holds one batch. A failure before the first byte is an ordinary error; later it breaks the connection.</summary>
/// <param name="stream">The list.</param>
/// <param name="writer">Its form.</param>
/// <param name="fileName">For a file.</param>
internal sealed class StreamResult<T>(RowStream<T> stream, Func<IServiceProvider, IRowWriter<T>> writer, string? fileName) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var gate = httpContext.RequestServices.GetRequiredService<IStreamGate>();
        using var place = gate.TryEnter();
        if (place is null)
        {
            await ErrorWriter.WriteAsync(httpContext, StreamErrors.TooMany);
            return;
        }

        using var trace = new StreamTrace(typeof(T));
        try
        {
            await WriteAsync(httpContext, gate, trace);
            trace.Succeeded();
        }
        catch (Exception exception)
        {
            trace.Failed(exception, httpContext.RequestAborted);
            if (!httpContext.Response.HasStarted)
                throw;
            httpContext.BreakOff(exception);
        }
    }

    private async Task WriteAsync(HttpContext context, IStreamGate gate, StreamTrace trace)
    {
        var watch = new StreamWatch(gate, context.RequestServices.GetRequiredService<TimeProvider>());
        await LinkAsync(context, gate);
        using var rows = writer(context.RequestServices);
        await using var batches = stream.Batches.GetAsyncEnumerator(context.RequestAborted);
        var (count, begun) = ((long?)0, false);
        while (await ReadAsync(context, gate, batches, rows, begun))
        {
            begun = true;
            count = batches.Current.Count;
            await rows.SendAsync(context, fileName);
            trace.Wrote(batches.Current.Rows.Count);
            await watch.LookAsync(context.RequestAborted);
        }
        rows.End(count);
        await rows.SendAsync(context, fileName);
    }

    private async Task LinkAsync(HttpContext context, IStreamGate gate)
    {
        if (stream.HasMoreAsync is not { } hasMore)
            return;
        using var turn = await gate.TurnAsync(context.RequestAborted);
        if (await hasMore(context.RequestAborted))
            context.AddNextLink(new NextPage(null));
    }

    /// <summary>The next batch, as it goes out. It is not waited for a client here.</summary>
    private static async Task<bool> ReadAsync(HttpContext context, IStreamGate gate, IAsyncEnumerator<Page<T>> batches, IRowWriter<T> rows, bool begun)
    {
        using var turn = await gate.TurnAsync(context.RequestAborted);
        var more = await batches.MoveNextAsync();
        if (!begun)
            rows.Begin();
        if (more)
            rows.Write(batches.Current.Rows);
        return more;
    }
}

/// <summary>Looks at the session of a reader again, once a second at most. A slow reader makes long lists last.</summary>
internal sealed class StreamWatch(IStreamGate gate, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _last = clock.GetTimestamp();

    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_last) < Pause)
            return;
        if (!await gate.RenewAsync(cancellationToken))
            throw new StreamRevokedException();
        _last = clock.GetTimestamp();
    }
}
