using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>
/// Asks whether the database can serve: it answers, it is no standby, and it can write to its disk. It has a connection of its own, so that neither a busy pool
/// nor a hot lock makes a server look dead, and all who ask at the same moment share one question. Singleton.
/// </summary>
internal sealed class DatabaseProbe(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>How long an answer takes at most.</summary>
    public const int Seconds = 2;

    /// <summary>Checks that can fail.</summary>
    internal const string NoAnswer = "database", ReadOnly = "database is read-only", NoSpace = "database disk";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds);
    private readonly Lock _gate = new();
    private Task<string?>? _running;

    /// <summary>The failing check, or null.</summary>
    public async Task<string?> FailureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Shared().WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }
    }

    private Task<string?> Shared()
    {
        lock (_gate)
        {
            // It belongs to no request: neither its trace nor its end.
            using (ExecutionContext.SuppressFlow())
                return _running is { IsCompleted: false } running ? running : _running = Task.Run(AskTwiceAsync);
        }
    }

    // The connection that waits in the pool may have died with an earlier server.
    private async Task<string?> AskTwiceAsync() => await AskAsync() is var first && first == NoAnswer ? await AskAsync() : first;

    private async Task<string?> AskAsync()
    {
        try
        {
            await using var command = source.CreateCommand(Question);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            return reader.GetBoolean(0) ? ReadOnly : null;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.ConfigurationLimitExceeded)
        {
            return NoSpace;
        }
        catch (NpgsqlException)
        {
            return NoAnswer;
        }
    }

    // Counting distinct numbers with little memory writes a temporary file of some 200 kB: a full disk shows, without a table and without a commit.
    private const string Question =
        """
        select set_config('work_mem', '64kB', true);
        select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean,
            (select count(distinct n) from generate_series(1, 10000) n)
        """;
}
