using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.Features;

/// <summary>Keeps the warnings for headers. A reader takes what is known and, when that is old, has it renewed in the background: counting never slows a request.</summary>
internal sealed partial class RecentWarnings(EntitlementSnapshot snapshot, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecentWarnings> log)
    : IEntitlementWarnings
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);
    private volatile Known _known = new([], DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    private int _renewing;

    public IReadOnlyList<string> Recent
    {
        get
        {
            var known = _known;
            var isOld = clock.GetUtcNow() - known.At >= MaxAge || known.RefreshedAt != snapshot.RefreshedAt;
            if (isOld && Interlocked.Exchange(ref _renewing, 1) == 0)
            {
                // The work belongs to no request: neither its trace nor its end.
                using (ExecutionContext.SuppressFlow())
                    _ = Task.Run(RenewAsync);
            }

            return known.Warnings;
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            var (now, refreshedAt) = (clock.GetUtcNow(), snapshot.RefreshedAt);
            await using var scope = scopes.CreateAsyncScope();
            var counts = await scope.ServiceProvider.GetRequiredService<UsageCounter>().CountAsync(CancellationToken.None);
            _known = new Known(snapshot.Compute(counts).Warnings, now, refreshedAt);
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or InvalidOperationException)
        {
            LogFailed(exception);
            _known = _known with { At = clock.GetUtcNow(), RefreshedAt = snapshot.RefreshedAt };
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    private sealed record Known(IReadOnlyList<string> Warnings, DateTimeOffset At, DateTimeOffset RefreshedAt);

    [LoggerMessage(LogLevel.Debug, "The license warnings could not be renewed")]
    private partial void LogFailed(Exception exception);
}
