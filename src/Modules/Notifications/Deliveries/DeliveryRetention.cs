using Microsoft.Extensions.Logging;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Deliveries;

/// <summary>Removes deliveries that ended long ago: after the start, and once an hour. Any replica may. Singleton.</summary>
internal sealed partial class DeliveryRetention(IServiceScopeFactory scopes, NotificationSettings settings, TimeProvider clock, ILogger<DeliveryRetention> log) : RecurringWork(clock)
{
    private const int Batch = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        int forgotten;
        do
        {
            await using var scope = scopes.CreateBackgroundScope();
            forgotten = await scope.ServiceProvider.GetRequiredService<DeliveryStore>().ForgetAsync(_clock.GetUtcNow() - settings.Kept, Batch, cancellationToken);
        }
        while (forgotten == Batch);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    [LoggerMessage(LogLevel.Warning, "Old notifications could not be removed; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);
}
