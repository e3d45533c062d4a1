using Microsoft.Extensions.Logging;

namespace Monolith.Members.Dormancy;

/// <summary>Makes people dormant who were away for long: after the start, and once an hour. Every replica runs one; a lock lets one of them at it. Singleton.</summary>
internal sealed partial class DormancyWorker(IServiceScopeFactory scopes, DormancySettings settings, TimeProvider clock, ILogger<DormancyWorker> log) : RecurringWork(clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (settings.After is not { } after)
            return;
        var before = _clock.GetUtcNow() - after;
        var (users, seats) = (0, 0);
        var batch = new DormancyBatch(0, 0, true);
        while (batch.MayHaveMore)
        {
            // Each batch is a request of its own.
            await using var scope = scopes.CreateBackgroundScope();
            batch = (await scope.ServiceProvider.GetRequiredService<IDispatcher>().SendAsync(new MakeDormantCommand(before), cancellationToken)).Value;
            (users, seats) = (users + batch.Users, seats + batch.Seats);
        }

        if (users > 0)
            LogFallen(users, settings.Days, seats);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    [LoggerMessage(LogLevel.Warning, "Nobody was made dormant; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);

    [LoggerMessage(LogLevel.Information, "{Users} users became dormant, after {Days} days without a request and without AI use; that freed {Seats} AI seats. They wake on their next request")]
    private partial void LogFallen(int users, int days, int seats);
}
