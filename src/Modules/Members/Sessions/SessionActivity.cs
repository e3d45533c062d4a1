using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monolith.Members.Sessions;

/// <summary>A key was used. <paramref name="SeenExpiry"/> is the stored expiry that the request saw; an expiry that was changed since stays.</summary>
internal sealed record ApiKeyUse(string KeyId, Guid UserId, DateTimeOffset UsedAt, DateTimeOffset SeenExpiry, DateTimeOffset NextExpiry);

/// <summary>Writes <c>last_used</c>, <c>last_seen_at</c> and sliding expiries in batches, so that no request waits for them. Singleton.</summary>
internal sealed partial class SessionActivity(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionActivity> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, ApiKeyUse> _pending = new();

    public void Note(ApiKeyUse use) => _pending[use.KeyId] = use;

    /// <summary>Requests have ended when this is called: what they noted is written before the host is gone.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // Requests that had to be cut off have used up the time of the stop: this takes its own.
        using var limit = new CancellationTokenSource(LastPause, clock);
        await FlushAsync(limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var uses = _pending.Values.ToList();
        if (uses.Count == 0)
            return;
        try
        {
            await WriteAsync(uses, cancellationToken);
            foreach (var use in uses)
                _pending.TryRemove(KeyValuePair.Create(use.KeyId, use));
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            LogPostponed(uses.Count, exception.Message); // every second while the database is away: no stack
        }
    }

    private async Task WriteAsync(List<ApiKeyUse> uses, CancellationToken cancellationToken)
    {
        var people = uses.GroupBy(use => use.UserId).Select(group => (Id: group.Key, SeenAt: group.Max(use => use.UsedAt))).ToList();
        await using var scope = scopes.CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<Db<MembersModule>>().ExecuteAsync($"{WritePeople};\n{WriteKeys}", new
        {
            userIds = people.Select(one => one.Id).ToArray(),
            seenAt = people.Select(one => one.SeenAt.UtcDateTime).ToArray(),
            keyIds = uses.Select(use => use.KeyId).ToArray(),
            usedAt = uses.Select(use => use.UsedAt.UtcDateTime).ToArray(),
            seenExpiries = uses.Select(use => use.SeenExpiry.UtcDateTime).ToArray(),
            nextExpiries = uses.Select(use => use.NextExpiry.UtcDateTime).ToArray(),
        }, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The last use of {Count} keys could not be written yet: {Reason}")]
    private partial void LogPostponed(int count, string reason);

    // Users before keys, and users in order of id: as everybody else locks them.
    private const string WritePeople =
        """
        with seen as (
            select u.id, s.seen_at
            from unnest(@userIds, @seenAt) as s (id, seen_at)
            join members.users u on u.id = s.id
            order by u.id
            for no key update of u
        )
        update members.users u
        set last_seen_at = greatest(u.last_seen_at, seen.seen_at)
        from seen
        where u.id = seen.id
        """;

    private const string WriteKeys =
        """
        update members.api_keys k
        set last_used = greatest(k.last_used, s.used_at),
            expires_at = case when k.expires_at = s.seen_expiry then s.next_expiry else k.expires_at end
        from unnest(@keyIds, @usedAt, @seenExpiries, @nextExpiries) as s (id, used_at, seen_expiry, next_expiry)
        where k.id = s.id
        """;
}
