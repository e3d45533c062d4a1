using System.Text.Json;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Directory;

/// <summary>What is told.</summary>
/// <param name="Rule">The rule, or <see cref="Test"/>, or <see cref="Account"/>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Sentences.</param>
/// <param name="Data">The numbers behind it, for programs.</param>
internal sealed record Announcement(string Rule, string Subject, string Body, object Data)
{
    public const string Test = "test";

    /// <summary>A mail to one account, which may hold a secret.</summary>
    public const string Account = "account";

    private const int LongestSubject = 200;

    public string Subject { get; } = OneLine.Of(Subject, LongestSubject);
}

/// <summary>Stores messages for targets, in the transaction under way, and wakes the worker after it. A test of a command replaces it.</summary>
internal interface IOutgoing
{
    /// <summary>One delivery for each target that is switched on and hears the rule; or for <paramref name="onlyTarget"/>, whether it is or not. Answers their ids.</summary>
    Task<IReadOnlyList<Guid>> StoreAsync(Announcement announcement, Guid? onlyTarget, CancellationToken cancellationToken);

    /// <summary>A mail to this address, past all targets.</summary>
    Task StoreForAccountAsync(string recipient, Announcement announcement, CancellationToken cancellationToken);
}

internal sealed class Outgoing(Db<NotificationsModule> db, DeliverySignal signal, TimeProvider clock) : IOutgoing
{
    public async Task<IReadOnlyList<Guid>> StoreAsync(Announcement announcement, Guid? onlyTarget, CancellationToken cancellationToken)
    {
        var (message, now) = await InsertAsync(announcement, cancellationToken);
        var targets = await db.QueryAsync<Guid>(Targets, new { onlyTarget, announcement.Rule }, cancellationToken);
        var ids = targets.Select(_ => Guid.CreateVersion7()).ToArray();
        await db.ExecuteAsync(InsertDeliveries, new { message, ids, targets = targets.ToArray(), now }, cancellationToken);
        return ids;
    }

    public async Task StoreForAccountAsync(string recipient, Announcement announcement, CancellationToken cancellationToken)
    {
        var (message, now) = await InsertAsync(announcement, cancellationToken);
        await db.ExecuteAsync(InsertForAccount, new { id = Guid.CreateVersion7(), message, recipient, now }, cancellationToken);
    }

    private async Task<(Guid Message, DateTimeOffset Now)> InsertAsync(Announcement announcement, CancellationToken cancellationToken)
    {
        var message = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        var data = JsonSerializer.Serialize(announcement.Data, WireJson.Options);
        await db.ExecuteAsync(InsertMessage, new { message, announcement.Rule, announcement.Subject, announcement.Body, data, now }, cancellationToken);
        db.OnCommitted(_ =>
        {
            signal.Set();
            return Task.CompletedTask;
        });
        return (message, now);
    }

    private const string InsertMessage =
        """
        insert into notifications.messages (id, rule, subject, body, data, created_at)
        values (@message, @Rule, @Subject, @Body, @data::jsonb, @now)
        """;

    private const string Targets =
        """
        select id
        from notifications.targets
        where id = @onlyTarget
            or (@onlyTarget::uuid is null and enabled and (rules = '{}' or @Rule = any(rules)))
        order by name
        """;

    private const string InsertDeliveries =
        """
        insert into notifications.deliveries (id, message_id, target_id, target_name, kind, due_at, created_at)
        select pair.id, @message, t.id, t.name, t.kind, @now, @now
        from unnest(@ids, @targets) pair (id, target_id)
        join notifications.targets t on t.id = pair.target_id
        """;

    private const string InsertForAccount =
        """
        insert into notifications.deliveries (id, message_id, target_name, kind, recipient, due_at, created_at)
        values (@id, @message, @recipient, 'email', @recipient, @now, @now)
        """;
}
