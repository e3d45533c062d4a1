using System.Collections.Concurrent;

namespace Monolith.Api.Http;

/// <summary>Failed requests in the log. A fault of the program has its stack; an outage has one line, at most one a second for each kind, with the number of requests that it stands for. Singleton.</summary>
internal sealed partial class FailureLog(TimeProvider clock, ILogger<FailureLog> log)
{
    private const int MaxMessage = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Outages> _outages = new();

    public void Fault(Exception exception, HttpContext context) =>
        LogFault(exception, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, context.TraceIdentifier);

    public void Outage(Exception exception, HttpContext context)
    {
        var kind = Data.Connections.Outage.KindOf(exception);
        if (_outages.GetOrAdd(kind, _ => new()).Count(clock) is var count and > 0)
            LogOutage(kind, count, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, Line(exception.Message));
    }

    private static string Line(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        return line.Length > MaxMessage ? line[..MaxMessage] : line;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed (request {RequestId})")]
    private partial void LogFault(Exception exception, string method, string? route, string requestId);

    [LoggerMessage(LogLevel.Error, "The database cannot be used ({Kind}); {Count} requests were answered with 503, the last one {Method} {Route}: {Reason}")]
    private partial void LogOutage(string kind, int count, string method, string? route, string reason);

    private sealed class Outages
    {
        private long? _spoke;
        private int _count;

        /// <summary>The number of requests to tell about; 0 when it is too early for another line.</summary>
        public int Count(TimeProvider clock)
        {
            lock (this)
            {
                _count++;
                var now = clock.GetTimestamp();
                if (_spoke is { } spoke && clock.GetElapsedTime(spoke, now) < Pause)
                    return 0;
                _spoke = now;
                var count = _count;
                _count = 0;
                return count;
            }
        }
    }
}
