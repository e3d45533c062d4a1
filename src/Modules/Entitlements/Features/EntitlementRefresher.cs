using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monolith.Entitlements.Features;

/// <summary>Keeps the snapshot fresh: at start, when any replica announces a change, after every lost connection, and every ten minutes whatever happens.</summary>
internal sealed partial class EntitlementRefresher(ILicenseChangeFeed feed, EntitlementSnapshot snapshot, TimeProvider clock, ILogger<EntitlementRefresher> log)
    : BackgroundService, IStartupTask
{
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first snapshot, before the first request.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await snapshot.RefreshAsync(cancellationToken);
        _migrated.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _migrated.Task.WaitAsync(stoppingToken);
            await Task.WhenAll(FollowAsync(stoppingToken), RepeatAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await feed.ListenAsync(RefreshAsync, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // An outage is one complaint, however often it is tried.
                if (pause == FirstPause)
                    LogListenFailed(exception.Message);
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        async Task RefreshAsync(CancellationToken cancellationToken)
        {
            await snapshot.RefreshAsync(cancellationToken);
            pause = FirstPause;
        }
    }

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await snapshot.RefreshAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogStale(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "License changes of other replicas are not heard; trying again until they are: {Reason}")]
    private partial void LogListenFailed(string reason);

    [LoggerMessage(LogLevel.Warning, "The licenses could not be read; the entitlements stay as they were")]
    private partial void LogStale(Exception exception);
}
