using Microsoft.Extensions.Logging;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Deliveries;

/// <summary>Sends what waits, a few at a time. Every replica has one, and they share the work. Singleton.</summary>
internal sealed partial class DeliveryWorker(
    IServiceScopeFactory scopes, Courier courier, DeliverySignal signal, NotificationSettings settings, TimeProvider clock, ILogger<DeliveryWorker> log) : RecurringWork(clock)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _clock = clock;
    private readonly List<Task> _under = [];

    // Long enough that nobody takes a delivery that is still on its way.
    private TimeSpan Lease => settings.Timeout + TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_under).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes everything that is due. It does not wait for the end of what it took, so that a receiver that hangs holds up nobody else.</summary>
    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await WithStoreAsync((store, now) => store.TakeAsync(now, now + Lease, cancellationToken)) is { } delivery)
        {
            _under.RemoveAll(task => task.IsCompleted);
            _under.Add(DeliverAsync(delivery, cancellationToken));
            if (_under.Count >= AtOnce)
                await Task.WhenAny(_under);
        }
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(Pause, _clock, woken.Token), signal.WaitAsync(woken.Token));
        await woken.CancelAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Notifications that wait cannot be looked at; the next attempt is in two seconds")]
    protected override partial void Failed(Exception exception);

    private async Task DeliverAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await NoteAsync(delivery, await AttemptAsync(delivery, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is due again when its lease is over.
            LogUnnoted(exception, delivery.Id);
        }
        catch (OperationCanceledException)
        {
            // The process ends: the next one does it.
        }
    }

    private async Task<SendOutcome> AttemptAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Kind is null)
            return SendOutcome.Failed("The target was deleted.");
        if (delivery.Attempts > Backoff.MostAttempts)
            return SendOutcome.Failed("The last attempt did not come to an end.");
        try
        {
            return await courier.CarryAsync(delivery, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, it counts as an attempt and is told.
            return SendOutcome.Failed($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    // Also while the process ends: what was sent should not be sent again.
    private async Task NoteAsync(TakenDelivery delivery, SendOutcome outcome)
    {
        if (outcome.IsSent)
        {
            await WithStoreAsync((store, now) => store.SentAsync(delivery, now, CancellationToken.None));
            return;
        }

        var isLast = delivery.Kind is null || delivery.Attempts >= Backoff.MostAttempts;
        if (isLast)
            LogGivenUp(delivery.Id, delivery.Attempts, outcome.Reason!);
        else
            LogPostponed(delivery.Id, delivery.Attempts, outcome.Reason!);
#pragma warning disable CA5394 // spreads attempts, guards nothing
        var pause = Backoff.After(delivery.Attempts, Random.Shared.NextDouble());
#pragma warning restore CA5394
        await WithStoreAsync((store, now) => store.FailedAsync(delivery, outcome.Reason!, isLast ? null : now + pause, now, CancellationToken.None));
    }

    private async Task<T> WithStoreAsync<T>(Func<DeliveryStore, DateTimeOffset, Task<T>> step)
    {
        await using var scope = scopes.CreateBackgroundScope();
        return await step(scope.ServiceProvider.GetRequiredService<DeliveryStore>(), _clock.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Warning, "Notification {Delivery} failed at attempt {Attempt} and is tried again: {Reason}")]
    private partial void LogPostponed(Guid delivery, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "Notification {Delivery} is given up after {Attempts} attempts: {Reason} It can be tried again on the page of the notifications")]
    private partial void LogGivenUp(Guid delivery, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "How notification {Delivery} ended could not be noted; it is tried again")]
    private partial void LogUnnoted(Exception exception, Guid delivery);
}
