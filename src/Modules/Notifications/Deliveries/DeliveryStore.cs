namespace Monolith.Notifications.Deliveries;

/// <summary>A delivery that this process has taken, with all that is needed to send it.</summary>
internal sealed class TakenDelivery
{
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required int Attempts { get; init; }

    public required string Rule { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required string Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when the target is gone.</summary>
    public string? Kind { get; init; }

    public string? Url { get; init; }

    public string[]? Recipients { get; init; }

    public string? Secret { get; init; }
}

/// <summary>The deliveries that wait. Each method is one short statement: nothing is held while somebody sends. Scoped.</summary>
internal sealed class DeliveryStore(Db<NotificationsModule> db)
{
    /// <summary>The delivery that has been due the longest, with this attempt counted, put off until <paramref name="lease"/>: if the process dies, it is due again then. Null when none is due.</summary>
    public Task<TakenDelivery?> TakeAsync(DateTimeOffset now, DateTimeOffset lease, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<TakenDelivery>(Take, new { now, lease }, cancellationToken);

    /// <summary>Answers 0 when somebody else has taken it since, as <see cref="FailedAsync"/> does.</summary>
    public Task<int> SentAsync(TakenDelivery delivery, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Sent, new { delivery.Id, delivery.Attempts, now }, cancellationToken);

    /// <summary>Null for <paramref name="dueAt"/> gives it up.</summary>
    public Task<int> FailedAsync(TakenDelivery delivery, string reason, DateTimeOffset? dueAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Failed, new { delivery.Id, delivery.Attempts, reason, dueAt, now }, cancellationToken);

    /// <summary>Removes deliveries that ended before then, a batch at most, and messages that have none left. Answers the number of deliveries.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, int batch, CancellationToken cancellationToken)
    {
        var forgotten = await db.ExecuteAsync(Forget, new { before, batch }, cancellationToken);
        await db.ExecuteAsync(ForgetMessages, new { before, batch }, cancellationToken);
        return forgotten;
    }

    private const string Take =
        """
        with taken as (
            update notifications.deliveries d
            set
                attempts = d.attempts + 1,
                due_at = @lease
            from (
                select id
                from notifications.deliveries
                where status = 'waiting'
                    and due_at <= @now
                order by due_at, id
                limit 1
                for update skip locked) due
            where d.id = due.id
            returning d.id, d.message_id, d.attempts, d.target_id, d.recipient)
        select
            taken.id, taken.message_id, taken.attempts, m.rule, m.subject, m.body, m.data::text as data, m.created_at,
            case when taken.recipient is null then t.kind else 'email' end as kind, t.url, t.secret,
            case when taken.recipient is null then t.recipients else array[taken.recipient] end as recipients
        from taken
        join notifications.messages m on m.id = taken.message_id
        left join notifications.targets t on t.id = taken.target_id
        """;

    // The number of the attempt tells whether somebody else has taken it since.
    private const string Sent =
        """
        update notifications.deliveries
        set
            status = 'sent',
            finished_at = @now,
            last_error = null
        where id = @Id
            and attempts = @Attempts
            and status = 'waiting';
        """ + ForgetText;

    // What a mail to one account says is a secret between the two.
    private const string ForgetText =
        """

        update notifications.messages m
        set body = ''
        from notifications.deliveries d
        where d.id = @Id
            and d.message_id = m.id
            and d.recipient is not null
            and d.status <> 'waiting'
        """;

    private const string Failed =
        """
        update notifications.deliveries
        set
            last_error = @reason,
            due_at = coalesce(@dueAt, due_at),
            status = case when @dueAt::timestamptz is null then 'dead' else 'waiting' end,
            finished_at = case when @dueAt::timestamptz is null then @now end
        where id = @Id
            and attempts = @Attempts
            and status = 'waiting';
        """ + ForgetText;

    private const string Forget =
        """
        delete from notifications.deliveries
        where id in (
            select id
            from notifications.deliveries
            where finished_at < @before
            limit @batch)
        """;

    private const string ForgetMessages =
        """
        delete from notifications.messages m
        where m.id in (
            select old.id
            from notifications.messages old
            where old.created_at < @before
                and not exists (select from notifications.deliveries d where d.message_id = old.id)
            limit @batch)
        """;
}
