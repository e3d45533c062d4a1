using Microsoft.Extensions.Logging;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Watching;

/// <summary>Looks at what the rules are about. Every replica has one; each rule is looked at by one of them at a time. Singleton.</summary>
internal sealed partial class RuleWatch(IServiceScopeFactory scopes, NotificationSettings settings, TimeProvider clock, ILogger<RuleWatch> log) : RecurringWork(clock)
{
    // What a look may take before another replica tries it.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await TakeAsync(cancellationToken) is { } rule)
        {
            try
            {
                await LookAsync(rule, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogUnseen(exception, rule.Rule);
            }
        }
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => settings.Interval;

    [LoggerMessage(LogLevel.Warning, "The rules of the notifications cannot be looked at; they are tried again")]
    protected override partial void Failed(Exception exception);

    private async Task<RuleRow?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var now = _clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<WatchStore>().TakeAsync(now, now + Lease, cancellationToken);
    }

    private async Task LookAsync(RuleRow rule, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var sight = scope.ServiceProvider.GetServices<IRuleSight>().Single(one => one.Rule == rule.Rule);
        var reading = await sight.LookAsync(rule, cancellationToken);
        var next = _clock.GetUtcNow() + (sight.PauseOf(rule) ?? settings.Interval);
        await scope.ServiceProvider.GetRequiredService<WatchStore>().ApplyAsync(rule, reading, next, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The rule {Rule} could not be looked at; it is tried again in half an hour")]
    private partial void LogUnseen(Exception exception, string rule);
}
