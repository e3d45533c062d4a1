using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Settings;

namespace Monolith.Members.Privacy;

/// <summary>How long the personal data of somebody stays after the deletion: <c>Users:EraseAfter</c>.</summary>
internal sealed record ErasureSettings(TimeSpan? After)
{
    private static readonly DeclaredSetting<TimeSpan?> EraseAfter = DeclaredSetting.Keep(
        "Users:EraseAfter", null, "how long after the deletion of a user their name, e-mail and the like stay; then they are replaced everywhere: [personal data](personal-data.md)");

    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared => EraseAfter;

    public static ErasureSettings Read(IConfiguration configuration) => new(EraseAfter.Read(configuration));
}

/// <summary>Erases those whose time is over: after the start, and once an hour. Singleton.</summary>
internal sealed partial class UserEraser(IServiceScopeFactory scopes, ErasureSettings settings, TimeProvider clock, ILogger<UserEraser> log) : RecurringWork(clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (settings.After is not { } after)
            return;
        var erased = 0;
        while (await EraseNextAsync(_clock.GetUtcNow() - after, cancellationToken))
            erased++;
        if (erased > 0)
            LogErased(erased);
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    [LoggerMessage(LogLevel.Warning, "Personal data of deleted users could not be erased; the next attempt is in an hour")]
    protected override partial void Failed(Exception exception);

    // One transaction each: who is erased is told, and nothing is half done.
    private async Task<bool> EraseNextAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var services = scope.ServiceProvider;
        var work = services.GetRequiredService<IUnitOfWork>();
        await work.BeginAsync(cancellationToken);
        try
        {
            var next = await services.GetRequiredService<Db<MembersModule>>().ScalarAsync<Guid?>(SqlNext, new { before }, cancellationToken);
            if (next is { } id && await services.GetRequiredService<IEraser>().EraseAsync(id, null, cancellationToken))
            {
                var row = new AuditRow(Guid.CreateVersion7(), _clock.GetUtcNow(), null, "delete", "personal_data", id, Eraser.PlaceholderOf(id), null, null, null, 200, null, null, null);
                await services.GetRequiredService<IAuditWriter>().WriteAsync([row], cancellationToken);
            }

            await work.CommitAsync(cancellationToken);
            return next is not null;
        }
        catch
        {
            await work.RollbackAsync();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "Erased the personal data of {Count} deleted users")]
    private partial void LogErased(int count);

    private const string SqlNext =
        """
        select id
        from members.users
        where deleted
          and erased_at is null
          and updated_at < @before
        order by updated_at
        limit 1
        for update skip locked
        """;
}
