using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Monolith.Data.Connections;

namespace Monolith.Testing;

/// <summary>
/// Hears in a server's log that a module touched what is not its own, so that the test that caused it says so. Every server of the tests runs each module's statements
/// under the role of the module.
/// </summary>
public sealed class BorderWatch : ILoggerProvider, ILogger
{
    private static readonly ConcurrentDictionary<int, BorderWatch> Servers = new();
    private readonly ConcurrentQueue<ModuleBorderException> _crossings = new();

    /// <summary>Throws what was heard of the server at this address since the last call; nothing when nothing was.</summary>
    public static void Check(Uri server)
    {
        if (Servers.TryGetValue(server.Port, out var watch) && watch._crossings.TryDequeue(out var crossing))
            throw new BorderCrossedException(crossing);
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (one is ModuleBorderException crossing)
                _crossings.Enqueue(crossing);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var server in Servers.Where(server => server.Value == this))
            Servers.TryRemove(server);
    }

    internal void Guard(Uri server) => Servers[server.Port] = this;
}

/// <summary>The request that a test sent made a module touch what is not its own.</summary>
public sealed class BorderCrossedException(ModuleBorderException crossing) : Exception(crossing.Message, crossing);
