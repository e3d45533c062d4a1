using Monolith.Data.Migrations;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>Migrates, then runs the modules' start-up tasks; tries again while the database is away. Lets go of the database last.</summary>
internal sealed partial class DatabaseStartup(
    Database database,
    Migrator migrator,
    DatabaseReadiness readiness,
    IEnumerable<IStartupTask> tasks,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<DatabaseStartup> log) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = PrepareAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await database.DisposeAsync();
    }

    /// <summary>A host whose start failed is never stopped, only disposed; the container then disposes of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stopping.Dispose();
    }

    private async Task EndAsync()
    {
        if (!_stopping.IsCancellationRequested)
            await _stopping.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        while (!readiness.Migrated)
        {
            try
            {
                await migrator.ApplyAsync(cancellationToken);
                foreach (var task in tasks)
                    await task.RunAsync(cancellationToken);
                readiness.MarkMigrated();
                LogReady();
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { IsTransient: false })
            {
                LogWaiting(exception.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogBroken(exception);
                readiness.MarkFailed("The database cannot be prepared.");
                lifetime.StopApplication();
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The database is up to date; the server is ready")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Warning, "Waiting for the database: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Critical, "The database cannot be prepared; the server stops")]
    private partial void LogBroken(Exception exception);
}
