using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Http;

/// <summary>Writes lists while they are read: memory holds one batch. A failure before the first byte is an ordinary error; later it breaks the connection.</summary>
public static class ListAnswer
{
    /// <summary>200 with a JSON array.</summary>
    public static async Task<IResult> AsArray<T>(this Task<Result<Listing<T>>> result) =>
        (await result).Match(listing => new Streamed<T>(listing, () => new JsonRows<T>(null), null), Answer.Failure);

    /// <summary>200 with the rows under <paramref name="property"/> and their <c>count</c>, or as CSV when the client prefers it.</summary>
    public static async Task<IResult> AsPage<T>(this Task<Result<Listing<T>>> result, string property, ListFormat format, CsvTable<T> table) =>
        (await result).Match<IResult>(
            listing => format.IsCsv ? new Csv<T>(listing, table) : new Streamed<T>(listing, () => new JsonRows<T>(property), null),
            Answer.Failure);

    private sealed class Csv<T>(Listing<T> listing, CsvTable<T> table) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var features = httpContext.RequestServices.GetRequiredService<Authorization.IFeatureGate>();
            return new Streamed<T>(listing, () => table.Rows(features), table.FileName).ExecuteAsync(httpContext);
        }
    }

    private sealed class Streamed<T>(Listing<T> listing, Func<IRowWriter<T>> writer, string? fileName) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var gate = httpContext.RequestServices.GetRequiredService<IStreamGate>();
            using var place = listing.IsStream ? gate.TryEnter() : null;
            if (listing.IsStream && place is null)
            {
                await ErrorWriter.WriteAsync(httpContext, StreamErrors.TooMany);
                return;
            }

            try
            {
                await WriteAsync(httpContext, new StreamWatch(gate, httpContext.RequestServices.GetRequiredService<TimeProvider>()));
            }
            catch (Exception exception) when (response.HasStarted)
            {
                // What was sent must not look like a whole document.
                if (!httpContext.RequestAborted.IsCancellationRequested)
                    ListLog.Broken(httpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ListAnswer)), exception);
                httpContext.Abort();
            }
        }

        private async Task WriteAsync(HttpContext context, StreamWatch watch)
        {
            using var rows = writer();
            await using var batches = listing.Batches.GetAsyncEnumerator(context.RequestAborted);
            var (count, begun) = (0L, false);
            while (await ReadAsync(context, batches, rows, begun))
            {
                begun = true;
                count = batches.Current.Count;
                await SendAsync(context, rows);
                if (listing.IsStream)
                    await watch.LookAsync(context.RequestAborted);
            }
            rows.End(count);
            await SendAsync(context, rows);
        }

        /// <summary>The next batch, as it goes out. It is not waited for a client here.</summary>
        private async Task<bool> ReadAsync(HttpContext context, IAsyncEnumerator<PageOf<T>> batches, IRowWriter<T> rows, bool begun)
        {
            using var turn = listing.IsStream ? await context.RequestServices.GetRequiredService<IStreamGate>().TurnAsync(context.RequestAborted) : null;
            var more = await batches.MoveNextAsync();
            if (!begun)
                rows.Begin();
            if (more)
                rows.Write(batches.Current.Rows);
            return more;
        }

        private async Task SendAsync(HttpContext context, IRowWriter<T> rows)
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
    }

    private sealed class JsonRows<T>(string? property) : IRowWriter<T>
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
        private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });

        public string ContentType => "application/json; charset=utf-8";

        public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

        public void Begin()
        {
            _json.Reset(_buffer);
            if (property is not null)
            {
                _json.WriteStartObject();
                _json.WritePropertyName(property);
            }
            _json.WriteStartArray();
        }

        public void Write(IReadOnlyList<T> rows)
        {
            foreach (var row in rows)
                JsonSerializer.Serialize(_json, row, WireJson.Options);
            _json.Flush();
        }

        public void End(long count)
        {
            _json.WriteEndArray();
            if (property is not null)
            {
                _json.WriteNumber("count", count);
                _json.WriteEndObject();
            }
            _json.Flush();
            _buffer.Write("\n"u8);
        }

        public void Clear() => _buffer.ResetWrittenCount();

        public void Dispose() => _json.Dispose();
    }
}

/// <summary>Writes rows into memory, a batch at a time.</summary>
internal interface IRowWriter<T> : IDisposable
{
    string ContentType { get; }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    ReadOnlyMemory<byte> Written { get; }

    void Begin();

    void Write(IReadOnlyList<T> rows);

    void End(long count);

    void Clear();
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

internal static partial class ListLog
{
    [LoggerMessage(LogLevel.Error, "A list broke off while it was written; the connection is closed.")]
    public static partial void Broken(ILogger log, Exception exception);
}
