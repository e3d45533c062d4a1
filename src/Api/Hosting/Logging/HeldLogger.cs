namespace Monolith.Api.Hosting.Logging;

/// <summary>Keeps what is logged before there is a log, and hands it on in its order. Any thread.</summary>
internal sealed class HeldLogger : ILogger
{
    private readonly Lock _gate = new();
    private readonly List<Action<ILogger>> _held = [];
    private volatile ILogger? _log;

    public void Continue(ILogger log)
    {
        lock (_gate)
        {
            _held.ForEach(entry => entry(log));
            _held.Clear();
            _log = log;
        }
    }

    public bool IsEnabled(LogLevel logLevel) => _log?.IsEnabled(logLevel) ?? true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _log?.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            if (_log is null)
            {
                _held.Add(log => log.Log(logLevel, eventId, state, exception, formatter));
                return;
            }
        }

        _log.Log(logLevel, eventId, state, exception, formatter);
    }
}
