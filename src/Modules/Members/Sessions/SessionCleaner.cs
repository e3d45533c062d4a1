using Microsoft.Extensions.Logging;

namespace Monolith.Members.Sessions;

/// <summary>Removes sessions that ended a week ago: after the start, and once a day. Tokens stay, their owners see them as expired.</summary>
internal sealed partial class SessionCleaner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionCleaner> log) : RecurringWork(clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var removed = await scope.ServiceProvider.GetRequiredService<Db<MembersModule>>().ExecuteAsync(Sql, new { ended = _clock.GetUtcNow() - Kept }, cancellationToken);
        if (removed > 0)
            LogRemoved(removed);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => TimeSpan.FromDays(1);

    [LoggerMessage(LogLevel.Warning, "Sessions that ended long ago were not removed; the next attempt is tomorrow")]
    protected override partial void Failed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Removed {Count} sessions that ended long ago")]
    private partial void LogRemoved(int count);

    private const string Sql =
        """
        delete from members.api_keys
        where login_type <> 'token'
          and expires_at < @ended
        """;
}
