using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.AiUsage;

/// <summary>How long reported AI use is kept: <c>Usage:KeepInterceptions</c>.</summary>
internal sealed record InterceptionRetention(TimeSpan? Kept)
{
    private static readonly DeclaredSetting<TimeSpan?> Keep = DeclaredSetting.Keep(
        "Usage:KeepInterceptions", null, "how long reported interceptions are kept, from their start; AI seats and their history stay as they are");

    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared => Keep;

    public static InterceptionRetention Read(IConfiguration configuration) => new(Keep.Read(configuration));
}

/// <summary>Removes interceptions whose time is over: after the start, and once an hour. The evidence of a seat stands in a row of its own. Singleton.</summary>
internal sealed partial class InterceptionCleaner(IServiceScopeFactory scopes, InterceptionRetention retention, TimeProvider clock, ILogger<InterceptionCleaner> log) : RecurringWork(clock)
{
    // A transaction of a second or so: nobody who reports waits for it.
    private const int Batch = 5_000;
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (retention.Kept is not { } kept)
            return;
        var before = _clock.GetUtcNow() - kept;
        await using var scope = scopes.CreateBackgroundScope();
        var db = scope.ServiceProvider.GetRequiredService<Db<EntitlementsModule>>();
        int removed, total = 0;
        do
        {
            removed = await db.ExecuteAsync(SqlEnded, new { before, Batch }, cancellationToken);
            total += removed;
        }
        while (removed == Batch);
        total += await db.ExecuteAsync(SqlRunning, new { before }, cancellationToken);
        if (total > 0)
            LogRemoved(total);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => TimeSpan.FromHours(1);

    [LoggerMessage(LogLevel.Warning, "Old interceptions could not be removed; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Removed {Count} old interceptions")]
    private partial void LogRemoved(int count);

    private const string SqlEnded =
        """
        delete from entitlements.interceptions
        where id in (
            select id
            from entitlements.interceptions
            where ended_at is not null
              and started_at < @before
            order by started_at
            limit @Batch)
        """;

    // They never said that they ended: few.
    private const string SqlRunning =
        """
        delete from entitlements.interceptions
        where ended_at is null
          and started_at < @before
        """;
}
