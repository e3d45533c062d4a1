using System.Diagnostics;

namespace Monolith.Web.Http;

/// <summary>The activity source of streams, for tracing exporters. A stream outlives its handler, so the activity of the pipeline does not tell how it ended.</summary>
/// <remarks>Each activity is named after its rows and has the tags <c>rows</c> and <c>batches</c>, as far as they were written, and <c>outcome</c>: <c>Ok</c>, <c>ClientLeft</c>, <c>Revoked</c> or <c>Failed</c>.</remarks>
public static class StreamActivity
{
    /// <summary>Its name.</summary>
    public const string Name = "Monolith.Streams";

    internal static readonly ActivitySource Source = new(Name);
}

/// <summary>The activity of one stream.</summary>
internal sealed class StreamTrace(Type row) : IDisposable
{
    private readonly Activity? _activity = StreamActivity.Source.StartActivity($"Stream {row.Name}");
    private long _rows;
    private int _batches;

    public void Wrote(int rows) => (_rows, _batches) = (_rows + rows, _batches + 1);

    public void Succeeded() => End("Ok");

    public void Failed(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // Nobody's fault: the client had enough.
            End("ClientLeft");
            return;
        }
        End(exception is StreamRevokedException ? "Revoked" : "Failed");
        _activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name).AddException(exception);
    }

    public void Dispose() => _activity?.Dispose();

    private void End(string outcome) => _activity?.SetTag("rows", _rows).SetTag("batches", _batches).SetTag("outcome", outcome);
}
