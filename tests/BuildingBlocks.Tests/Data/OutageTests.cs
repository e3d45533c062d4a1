using System.Net.Sockets;
using Monolith.Data.Connections;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Data;

/// <summary>What is answered with 503, and what is a fault of the program.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData("08000", true)] // connection
    [InlineData("08006", true)]
    [InlineData("53000", true)]
    [InlineData("53100", true)] // disk full
    [InlineData("53200", true)] // out of memory
    [InlineData("53300", true)] // too many connections
    [InlineData("53400", true)]
    [InlineData("57014", true)] // statement_timeout
    [InlineData("57P01", true)] // shut down
    [InlineData("57P02", true)]
    [InlineData("57P03", true)]
    [InlineData("57P05", true)]
    [InlineData("55P03", true)] // lock_timeout
    [InlineData("25006", true)] // standby
    [InlineData("25P03", true)] // idle in a transaction
    [InlineData("58030", true)]
    [InlineData("23505", false)] // unique
    [InlineData("42601", false)] // syntax
    [InlineData("42501", false)] // rights
    [InlineData("22021", false)] // bad text
    [InlineData("55000", false)]
    [InlineData("XX000", false)]
    public void States_of_postgresql(string state, bool isOutage)
    {
        var exception = Postgres(state);
        Assert.Equal(isOutage, Outage.Is(exception));
        Assert.Equal(isOutage, Outage.Is(new InvalidOperationException("outer", exception)));
        Assert.Equal(isOutage, Outage.Is(new AggregateException(new ArgumentException("first"), exception)));
        Assert.Equal(state, Outage.KindOf(new InvalidOperationException("outer", exception)));
    }

    [Fact]
    public void What_the_driver_and_the_network_throw_is_an_outage()
    {
        Exception[] outages =
        [
            new NpgsqlException("Failed to connect"),
            new NpgsqlException("The connection pool has been exhausted", new TimeoutException()),
            new TimeoutException(),
            new SocketException(111),
            new IOException("broken", new SocketException(104)),
            new ObjectDisposedException("NpgsqlConnection"),
            new ObjectDisposedException("Npgsql.Internal.NpgsqlConnector"),
        ];
        Assert.All(outages, exception => Assert.True(Outage.Is(exception), exception.ToString()));
    }

    [Fact]
    public async Task What_the_driver_says_of_a_connection_that_is_not_open_is_an_outage()
    {
        await using var connection = new NpgsqlConnection("Host=127.0.0.1");
        await using var command = new NpgsqlCommand("select 1", connection);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteScalarAsync());
        Assert.True(Outage.Is(exception), exception.Message);
    }

    [Fact]
    public void A_fault_of_the_program_is_none()
    {
        Exception[] faults =
        [
            new InvalidOperationException("The request has no session."),
            new InvalidOperationException("the pencil is broken"),
            new ObjectDisposedException("CancellationTokenSource"),
            new IOException("no such file"),
            new ArgumentNullException("value"),
            new AggregateException(new FormatException()),
        ];
        Assert.All(faults, exception => Assert.False(Outage.Is(exception), exception.ToString()));
    }

    private static PostgresException Postgres(string state) => new("text", "ERROR", "ERROR", state);
}
