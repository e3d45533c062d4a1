using Microsoft.Extensions.Logging;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Writes the seats of the day down: at start, every quarter of an hour, and right after midnight UTC.</summary>
internal sealed partial class SeatDayRecorder(IServiceScopeFactory scopes, ILogger<SeatDayRecorder> log, TimeProvider clock) : RecurringWork(clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    /// <summary>From <paramref name="now"/> to the next look.</summary>
    internal static TimeSpan PauseAt(DateTimeOffset now)
    {
        var toMidnight = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        return toMidnight < Period ? toMidnight : Period;
    }

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<SeatDays>().RecordAsync(cancellationToken);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => PauseAt(now);

    [LoggerMessage(LogLevel.Warning, "The AI seats of the day were not recorded; the next attempt is at the next quarter of an hour")]
    protected override partial void Failed(Exception exception);
}
