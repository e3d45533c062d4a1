using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Http;
using Npgsql;

namespace Monolith.Api.Tests.Edges;

/// <summary>An outage does not fill the log.</summary>
public sealed class FailureLogTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _lines = new();

    [Fact]
    public void An_outage_is_one_line_a_second_without_a_stack_and_says_how_many_it_stands_for()
    {
        var log = new FailureLog(_clock, _lines);
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < 100; i++)
                log.Outage(new NpgsqlException("Failed to connect", new SocketException(111)), new DefaultHttpContext());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _lines.Written.Count);
        Assert.All(_lines.Written, line => Assert.Null(line.Exception));
        Assert.Contains("(SocketException); 1 requests", _lines.Written[0].Text, StringComparison.Ordinal);
        Assert.Contains("(SocketException); 100 requests", _lines.Written[1].Text, StringComparison.Ordinal);
        Assert.All(_lines.Written, line => Assert.DoesNotContain('\n', line.Text));
    }

    [Fact]
    public void Each_kind_of_outage_speaks_and_a_fault_has_its_stack()
    {
        var log = new FailureLog(_clock, _lines);
        log.Outage(new PostgresException("text", "ERROR", "ERROR", "53100"), new DefaultHttpContext());
        log.Outage(new PostgresException("text", "ERROR", "ERROR", "57P01"), new DefaultHttpContext());
        log.Fault(new InvalidOperationException("ours"), new DefaultHttpContext { TraceIdentifier = "the-id" });
        Assert.Equal(3, _lines.Written.Count);
        Assert.NotNull(_lines.Written[2].Exception);
        Assert.Contains("the-id", _lines.Written[2].Text, StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger<FailureLog>
    {
        public List<(string Text, Exception? Exception)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((formatter(state, exception), exception));
    }
}
