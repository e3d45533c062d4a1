using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Telemetry;
using Monolith.Members.Contracts;

namespace Monolith.Members.Dormancy;

/// <summary>Makes people dormant who were away for long: after the start, and once an hour. Every replica runs one; a lock lets one of them at it. Singleton.</summary>
internal sealed partial class DormancyWorker(IDormancyRound round, DormancySettings settings, TimeProvider clock, ILogger<DormancyWorker> log) : RecurringWork(clock)
{
    private static readonly Counter<long> Fallen = MonolithMeter.Instance.CreateCounter<long>("monolith.users.dormancy_started", "{user}", "Users who became dormant by time.");

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var done = await round.RunAsync(cancellationToken);
        Fallen.Add(done.Users);
        if (done.Users > 0)
            LogFallen(done.Users, settings.Days, done.Seats);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    [LoggerMessage(LogLevel.Warning, "Nobody was made dormant; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);

    [LoggerMessage(LogLevel.Information, "{Users} users became dormant, after {Days} days without a request and without AI use; that freed {Seats} AI seats. They wake on their next request")]
    private partial void LogFallen(int users, int days, int seats);
}
