using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Contracts;
using Npgsql;

namespace Monolith.Entitlements.Features;

/// <summary>What is wrong now: licenses from memory, counts live or at most a second old. Singleton.</summary>
internal sealed partial class LiveWarnings(EntitlementSnapshot snapshot, IServiceScopeFactory scopes, TimeProvider clock, ILogger<LiveWarnings> log) : IEntitlementWarnings, IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private volatile Counted _last = new(null, null);

    public async ValueTask<IReadOnlyList<string>> CurrentAsync(CancellationToken cancellationToken)
    {
        var counts = snapshot.HasCountedLimit ? await CountAsync(cancellationToken) : UsageCounts.None;
        return counts is null ? [] : snapshot.Compute(counts).Warnings;
    }

    /// <summary>The entitlements for a page, which waits for a count at most once a second. Null when the database does not answer.</summary>
    public async ValueTask<DeploymentEntitlements?> RecentAsync(CancellationToken cancellationToken)
    {
        var counts = snapshot.HasCountedLimit ? await RecentCountsAsync(cancellationToken) : UsageCounts.None;
        return counts is null ? null : snapshot.Compute(counts);
    }

    public void Dispose() => _counting.Dispose();

    private async ValueTask<UsageCounts?> RecentCountsAsync(CancellationToken cancellationToken)
    {
        if (IsRecent(_last))
            return _last.Counts;
        await _counting.WaitAsync(cancellationToken);
        try
        {
            return IsRecent(_last) ? _last.Counts : await CountAsync(cancellationToken);
        }
        finally
        {
            _counting.Release();
        }
    }

    // A failure is remembered like a count: pages do not wait for it one after the other.
    private async Task<UsageCounts?> CountAsync(CancellationToken cancellationToken)
    {
        UsageCounts? counts = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            counts = await scope.ServiceProvider.GetRequiredService<UsageCounter>().CountAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            LogUncounted(exception);
        }

        _last = new Counted(counts, clock.GetTimestamp());
        return counts;
    }

    private bool IsRecent(Counted counted) => counted.At is { } at && clock.GetElapsedTime(at) < MaxAge;

    [LoggerMessage(LogLevel.Warning, "Users and AI seats could not be counted; entitlement warnings are left out")]
    private partial void LogUncounted(Exception exception);

    private sealed record Counted(UsageCounts? Counts, long? At);
}
