using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Modules;
using Npgsql;

namespace Monolith.Members.Sessions;

/// <summary>Removes sessions that ended a week ago: at start, and once a day. Tokens stay, their owners see them as expired.</summary>
internal sealed partial class SessionCleaner(NpgsqlDataSource source, TimeProvider clock, ILogger<SessionCleaner> log) : BackgroundService, IStartupTask
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (clock.GetUtcNow() - Kept).UtcDateTime });
        var removed = await command.ExecuteNonQueryAsync(cancellationToken);
        if (removed > 0)
            LogRemoved(removed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} sessions that ended long ago")]
    private partial void LogRemoved(int count);

    [LoggerMessage(LogLevel.Warning, "Sessions that ended long ago were not removed; the next attempt is tomorrow")]
    private partial void LogFailed(Exception exception);

    private const string Sql =
        """
        delete from members.api_keys
        where login_type <> 'token'
          and expires_at < $1
        """;
}
