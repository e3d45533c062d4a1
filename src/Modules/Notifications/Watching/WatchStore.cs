using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>Which rule is looked at, and what came of it. Scoped.</summary>
internal sealed class WatchStore(Db<NotificationsModule> db, IUnitOfWork work, IOutgoing outgoing, TimeProvider clock)
{
    /// <summary>A rule that is due, put off until <paramref name="lease"/>, so that no other replica looks at it meanwhile. Null when none is, and while nobody hears it.</summary>
    public Task<RuleRow?> TakeAsync(DateTimeOffset now, DateTimeOffset lease, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<RuleRow>(Take, new { now, lease }, cancellationToken);

    /// <summary>Keeps what was found and stores the message, both or neither. The level is read again under lock: of two replicas one tells.</summary>
    public async Task ApplyAsync(RuleRow rule, Reading reading, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        await work.BeginAsync(cancellationToken);
        try
        {
            if (await db.SingleOrDefaultAsync<RuleRow>(Lock, rule, cancellationToken) is { Enabled: true } stored && stored.Thresholds.SequenceEqual(rule.Thresholds))
            {
                var now = clock.GetUtcNow();
                var (level, tells) = reading.After(stored.Level);
                if (tells)
                    await outgoing.StoreAsync(reading.News!, null, cancellationToken);
                await db.ExecuteAsync(Keep, new { rule.Rule, level, reading.Sentence, toldAt = tells ? now : stored.ToldAt, now, dueAt }, cancellationToken);
            }

            await work.CommitAsync(cancellationToken);
        }
        catch
        {
            await work.RollbackAsync();
            throw;
        }
    }

    private const string Take =
        """
        update notifications.rules r
        set due_at = @lease
        from (
            select rule
            from notifications.rules waiting
            where enabled
                and due_at <= @now
                and exists (
                    select
                    from notifications.targets t
                    where t.enabled
                        and (t.rules = '{}' or waiting.rule = any(t.rules)))
            order by due_at, rule
            limit 1
            for update skip locked) due
        where r.rule = due.rule
        returning r.rule, r.enabled, r.thresholds, r.level, r.reading, r.told_at, r.looked_at
        """;

    private const string Lock =
        """
        select rule, enabled, thresholds, level, reading, told_at, looked_at
        from notifications.rules
        where rule = @Rule
        for update
        """;

    private const string Keep =
        """
        update notifications.rules
        set
            level = @level,
            reading = @Sentence,
            told_at = @toldAt,
            looked_at = @now,
            due_at = @dueAt
        where rule = @Rule
        """;
}
