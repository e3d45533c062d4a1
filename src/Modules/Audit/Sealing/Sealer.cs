using Microsoft.Extensions.Logging;

namespace Monolith.Audit.Sealing;

/// <summary>Gives the rows of the log their places in the chain, a second after their commit or so. Every replica runs one; the lock lets one of them at it. Singleton.</summary>
internal sealed partial class Sealer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Sealer> log) : RecurringWork(clock)
{
    /// <summary>Rows of one transaction: a batch of memory, and a second of work at most.</summary>
    private const int Batch = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var store = scope.ServiceProvider.GetRequiredService<SealStore>();
        var more = await store.AnyUnsealedAsync(cancellationToken);
        while (more)
        {
            var isAlone = await store.TryAloneAsync(async () => more = await SealAsync(store, cancellationToken), cancellationToken);
            more = more && isAlone;
        }
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    protected override void Failed(Exception exception) => LogPostponed(exception.Message);

    private static async Task<bool> SealAsync(SealStore store, CancellationToken cancellationToken)
    {
        var rows = await store.TakeAsync(Batch, cancellationToken);
        if (rows.Count == 0)
            return false;
        var (seals, segments) = Seals.Append(await store.LastSegmentAsync(cancellationToken), rows);
        await store.AppendAsync(seals, segments, cancellationToken);
        return rows.Count == Batch;
    }

    [LoggerMessage(LogLevel.Warning, "Rows of the audit log could not be sealed yet: {Reason}")]
    private partial void LogPostponed(string reason);
}
