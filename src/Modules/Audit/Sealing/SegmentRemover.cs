using Microsoft.Extensions.Logging;

namespace Monolith.Audit.Sealing;

/// <summary>Removes segments whose rows are all older than they are kept: after the start, and once an hour. Each is told in the log itself. Singleton.</summary>
internal sealed partial class SegmentRemover(IServiceScopeFactory scopes, AuditRetention retention, TimeProvider clock, ILogger<SegmentRemover> log) : RecurringWork(clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (retention.Kept is not { } kept)
            return;
        var more = true;
        while (more)
        {
            await using var scope = scopes.CreateBackgroundScope();
            var isAlone = await scope.ServiceProvider.GetRequiredService<SealStore>().TryAloneAsync(
                async () => more = await RemoveOldestAsync(scope.ServiceProvider, _clock.GetUtcNow() - kept, cancellationToken), cancellationToken);
            if (!isAlone)
                await Task.Delay(TimeSpan.FromMilliseconds(100), _clock, cancellationToken); // the sealer is at it
        }
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    [LoggerMessage(LogLevel.Warning, "Old rows of the audit log could not be removed; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);

    private async Task<bool> RemoveOldestAsync(IServiceProvider services, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<SealStore>();
        if (await store.OldestSegmentAsync(before, cancellationToken) is not { } segment)
            return false;
        var now = _clock.GetUtcNow();
        var rows = await store.RemoveAsync(segment, now, cancellationToken);
        var told = new { segment.FirstPosition, segment.LastPosition, Rows = rows, segment.LastAt };
        await services.GetRequiredService<IAuditWriter>().WriteAsync(
            [new(Guid.CreateVersion7(), now, null, "delete", ResourceType.AuditLog, null, null, null, told, null, 200, null, null, null)], cancellationToken);
        LogRemoved(segment.Number, rows);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Removed segment {Number} of the audit log with {Rows} rows")]
    private partial void LogRemoved(long number, long rows);
}
