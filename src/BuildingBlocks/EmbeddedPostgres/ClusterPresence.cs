using Npgsql;

namespace Monolith.EmbeddedPostgres;

/// <summary>
/// A host's place at the embedded server: one open connection, by which other hosts see this one, and which tells at once when the server dies.
/// Then the server is brought back, by whichever host takes the lock first; the others find it running.
/// </summary>
internal sealed partial class ClusterPresence(ClusterFiles files, Cluster cluster, int port, string connectionString, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    internal static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A server that lived shorter than this died of something that a start does not mend.
    internal static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Takes the place. The caller holds the lock.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var connection = await ClusterClient.OpenAsync(connectionString, cancellationToken);
        _watching = Task.Run(() => WatchAsync(connection), CancellationToken.None);
    }

    /// <summary>Gives the place up; a start that is under way is finished first. Nothing is brought back any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _leaving.Dispose();
    }

    private async Task WatchAsync(NpgsqlConnection? connection)
    {
        for (var pause = TimeSpan.Zero; ;)
        {
            var since = clock.GetTimestamp();
            if (connection is not null)
            {
                await using (connection)
                    await ClusterClient.UntilLostAsync(connection, _leaving.Token);
                LogLost();
            }

            pause = connection is not null && clock.GetElapsedTime(since) >= Calm ? TimeSpan.Zero : Longer(pause);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, _leaving.Token);
            connection = await TryReturnAsync();
        }
    }

    private async Task<NpgsqlConnection?> TryReturnAsync()
    {
        try
        {
            await using var guard = await ClusterLock.TakeAsync(files.Lock, log, _leaving.Token);
            var found = await cluster.AdoptAsync(_leaving.Token);
            if (found is null)
            {
                // A start that is under way when the host leaves is finished, and stopped with it.
                await cluster.StartAsync(port, CancellationToken.None);
                LogStarted(port);
            }
            else if (found != port)
            {
                throw new EmbeddedPostgresException($"Another process started it on port {found}, and this one knows port {port}: restart this one.");
            }

            return await ClusterClient.OpenAsync(connectionString, _leaving.Token);
        }
        catch (Exception failure) when (failure is EmbeddedPostgresException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            LogFailed((failure as EmbeddedPostgresException)?.Problem ?? failure.Message);
            return null;
        }
    }

    internal static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(LogLevel.Warning, "The connection to the embedded PostgreSQL is lost; looking after the server")]
    private partial void LogLost();

    [LoggerMessage(LogLevel.Warning, "The embedded PostgreSQL had died; it was started again on port {Port}")]
    private partial void LogStarted(int port);

    [LoggerMessage(LogLevel.Error, "The embedded PostgreSQL could not be brought back, the next attempt follows: {Reason}")]
    private partial void LogFailed(string reason);
}
