using Microsoft.Extensions.Logging;

namespace Monolith.Members.Sessions;

/// <summary>Removes sessions and tokens that ended long ago: after the start, and once a day.</summary>
internal sealed partial class SessionCleaner(IServiceScopeFactory scopes, SessionSettings settings, TimeProvider clock, ILogger<SessionCleaner> log) : RecurringWork(clock)
{
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var times = new { sessions = now - settings.KeepEnded, tokens = now - settings.KeepExpiredTokens };
        await using var scope = scopes.CreateBackgroundScope();
        var removed = await scope.ServiceProvider.GetRequiredService<Db<MembersModule>>().ExecuteAsync(Sql, times, cancellationToken);
        if (removed > 0)
            LogRemoved(removed);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => TimeSpan.FromDays(1);

    [LoggerMessage(LogLevel.Warning, "Sessions and tokens that ended long ago were not removed; the next attempt is tomorrow")]
    protected override partial void Failed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Removed {Count} sessions and tokens that ended long ago")]
    private partial void LogRemoved(int count);

    private const string Sql =
        """
        delete from members.api_keys
        where expires_at < case login_type when 'token' then @tokens::timestamptz else @sessions::timestamptz end
        """;
}
