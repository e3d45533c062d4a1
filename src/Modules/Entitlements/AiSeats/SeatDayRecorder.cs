using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Modules;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Writes the seats of the day down: at start, every quarter of an hour, and right after midnight UTC.</summary>
internal sealed partial class SeatDayRecorder(IServiceScopeFactory scopes, ILogger<SeatDayRecorder> log, TimeProvider clock) : BackgroundService, IStartupTask
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task RunAsync(CancellationToken cancellationToken)
    {
        _migrated.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>From <paramref name="now"/> to the next look.</summary>
    internal static TimeSpan PauseAt(DateTimeOffset now)
    {
        var toMidnight = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        return toMidnight < Period ? toMidnight : Period;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _migrated.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SeatDays>().RecordAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }

            await Task.Delay(PauseAt(clock.GetUtcNow()), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The AI seats of the day were not recorded; the next attempt is at the next quarter of an hour")]
    private partial void LogFailed(Exception exception);
}
