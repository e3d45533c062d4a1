using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;

namespace Monolith.Data.Outbox;

/// <summary>Tells the worker of this process that something was stored. Others see it at their next look. Singleton.</summary>
internal sealed class OutboxSignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    public Task WaitAsync(CancellationToken cancellationToken) => _set.Reader.ReadAsync(cancellationToken).AsTask();
}

/// <summary>Carries out what the outbox holds, one piece after the other. Every replica has one, and they share the work. Singleton.</summary>
internal sealed partial class OutboxWorker(IServiceScopeFactory scopes, OutboxRoutes routes, OutboxSignal signal, TimeProvider clock, ILogger<OutboxWorker> log) : RecurringWork(clock)
{
    /// <summary>How long a piece rests after each attempt: a second, and twice as long each time.</summary>
    internal static readonly TimeSpan[] Pauses = [.. Enumerable.Range(0, 12).Select(attempt => TimeSpan.FromSeconds(1 << attempt))];

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Orphaned = TimeSpan.FromDays(1);
    private static readonly TimeSpan SweepPause = TimeSpan.FromHours(1);
    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <summary>Everything that is due. A piece that fails stops no other one.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (routes.Names.Length > 0 && await RunNextAsync(cancellationToken))
        {
        }

        var now = _clock.GetUtcNow();
        if (now < _nextSweep)
            return;
        var orphans = await WithStoreAsync((store, _) => store.SweepAsync(routes.Names, now, now - Orphaned, now - Kept, cancellationToken));
        _nextSweep = now + SweepPause;
        if (orphans > 0)
            LogOrphans(orphans);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(Pause, _clock, woken.Token), signal.WaitAsync(woken.Token));
        await woken.CancelAsync();
    }

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be looked at; the next attempt is in two seconds")]
    protected override partial void Failed(Exception exception);

    private async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        var piece = await WithStoreAsync((store, _) => store.ClaimAsync(routes.Names, Pauses, _clock.GetUtcNow(), cancellationToken));
        if (piece is null)
            return false;
        if (piece.Attempts > Pauses.Length)
        {
            await GiveUpAsync(piece, "The last attempt did not come to an end.", null, cancellationToken);
            return true;
        }

        try
        {
            using var limit = new CancellationTokenSource(Longest, _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await WithStoreAsync((store, services) => store.FinishAsync(piece, token => HandleAsync(piece, services, token), both.Token));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (piece.Attempts == Pauses.Length)
                await GiveUpAsync(piece, exception.Message, exception, cancellationToken);
            else
                await PostponeAsync(piece, exception, cancellationToken);
        }

        return true;
    }

    private Task HandleAsync(OutboxPiece piece, IServiceProvider services, CancellationToken cancellationToken) =>
        routes.Find(piece.Handler).RunAsync(services, piece.Payload, new OutboxDelivery(piece.EventId, piece.Handler, piece.Attempts), cancellationToken);

    private async Task PostponeAsync(OutboxPiece piece, Exception exception, CancellationToken cancellationToken)
    {
        LogPostponed(exception, piece.Handler, piece.EventId, piece.Attempts);
        await WithStoreAsync(async (store, _) =>
        {
            await store.FailAsync(piece, exception.Message, null, cancellationToken);
            return true;
        });
    }

    private async Task GiveUpAsync(OutboxPiece piece, string reason, Exception? exception, CancellationToken cancellationToken)
    {
        LogGivenUp(exception, piece.Handler, piece.EventId, reason);
        await WithStoreAsync(async (store, _) =>
        {
            await store.FailAsync(piece, reason, _clock.GetUtcNow(), cancellationToken);
            return true;
        });
    }

    // Each step is a request of its own: what failed leaves nothing behind.
    private async Task<T> WithStoreAsync<T>(Func<IOutboxStore, IServiceProvider, Task<T>> step)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await step(scope.ServiceProvider.GetRequiredService<IOutboxStore>(), scope.ServiceProvider);
    }

    [LoggerMessage(LogLevel.Warning, "{Handler} failed for event {EventId}, attempt {Attempt}; it is tried again")]
    private partial void LogPostponed(Exception exception, string handler, Guid eventId, int attempt);

    [LoggerMessage(LogLevel.Error, "{Handler} is given up for event {EventId}: {Reason} The piece stays in platform.outbox for 30 days; clear dead_at and attempts to try again")]
    private partial void LogGivenUp(Exception? exception, string handler, Guid eventId, string reason);

    [LoggerMessage(LogLevel.Error, "{Count} pieces in platform.outbox are given up: their handlers are in no build that ran for a day")]
    private partial void LogOrphans(int count);
}
