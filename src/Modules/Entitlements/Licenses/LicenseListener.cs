using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Modules;
using Monolith.Entitlements.Features;
using Npgsql;

namespace Monolith.Entitlements.Licenses;

/// <summary>Keeps the snapshot fresh: at start, when any replica announces a change, and every ten minutes.</summary>
internal sealed class LicenseListener(NpgsqlDataSource source, EntitlementSnapshot snapshot, ILogger<LicenseListener> log, TimeProvider clock)
    : BackgroundService, IStartupTask
{
    public const string Channel = "monolith_licenses";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first snapshot, before the first request.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await snapshot.RefreshAsync(cancellationToken);
        _migrated.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _migrated.Task.WaitAsync(stoppingToken);
        var pause = TimeSpan.FromSeconds(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stoppingToken);
                await ListenAsync(connection, () => pause = TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogWarning(exception, "License changes of other replicas are not heard; trying again in {Pause}.", pause);
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, Action healthy, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Listening again is harmless, and shows when the connection is dead.
            await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);
            await snapshot.RefreshAsync(cancellationToken);
            healthy();
            await connection.WaitAsync(Period, cancellationToken);
        }
    }
}
