using Monolith.Data.Migrations;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>Migrates, then runs the modules' start-up tasks, then lets the recurring work begin; tries again while the database is away. Lets go of the database last.</summary>
internal sealed partial class DatabaseStartup(
    Database database,
    Migrator migrator,
    DatabaseReadiness readiness,
    IEnumerable<IStartupTask> tasks,
    FirstRequests requests,
    IEnumerable<RecurringWork> works,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<DatabaseStartup> log) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
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
                var found = await DatabaseExamination.EnsureFitAsync(database.Background, cancellationToken);
                if (found.Major > DatabaseExamination.NewestMajor)
                    LogUntried(found.Version, DatabaseExamination.NewestMajor);
                await migrator.ApplyAsync(cancellationToken);
                var loaded = Task.Run(() => LoadAsync(cancellationToken), cancellationToken);
                await Task.WhenAll(loaded, requests.RunAsync(loaded, cancellationToken));
                readiness.MarkMigrated();
                LogReady();

                // Not earlier: half a start looks to it like a deployment without licenses. Nor now, when the first requests come, nor all at once. One that takes long holds up nobody.
                await Task.Delay(Quiet, cancellationToken);
                foreach (var work in works)
                    await Task.WhenAny(work.BeginAsync(), Task.Delay(Turn, cancellationToken));
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { IsTransient: false })
            {
                LogWaiting(DatabaseProblem.Explain(exception));
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (Words(exception) is { } reason)
                    LogUnusable(reason);
                else
                    LogBroken(exception);
                readiness.MarkFailed("The database cannot be prepared.");
                // Stopped while it binds its addresses, the host would log a failure of its own.
                lifetime.ApplicationStarted.Register(lifetime.StopApplication);
                return;
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var task in tasks)
            await task.RunAsync(cancellationToken);
    }

    // What the operator can mend needs no trace of our stack.
    private static string? Words(Exception failure) => failure switch
    {
        DatabaseUnfitException or MigrationException or SettingException => failure.Message,
        PostgresException refusal => DatabaseProblem.Explain(refusal),
        _ => null,
    };

    [LoggerMessage(LogLevel.Critical, "The server stops. {Reason}")]
    private partial void LogUnusable(string reason);

    [LoggerMessage(LogLevel.Warning, "The database is PostgreSQL {Version}; this version was tried with releases up to {Newest}")]
    private partial void LogUntried(string version, int newest);

    [LoggerMessage(LogLevel.Information, "The database is up to date; the server is ready")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Warning, "Waiting for the database: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Critical, "The database cannot be prepared; the server stops")]
    private partial void LogBroken(Exception exception);
}
