using Monolith.Kernel.Privacy;

namespace Monolith.Notifications.Deliveries;

/// <summary>Mails to an account, such as an invitation. Who is told by a target is an admin's choice and stays in it.</summary>
internal sealed class MailData(Db<NotificationsModule> db) : IUserData
{
    public IReadOnlyList<string> Sections { get; } = ["mails"];

    // Kept for a limited time: one piece.
    public async Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<string>(SqlRead, new { userId }, cancellationToken), null);

    public Task EraseAsync(UserErasure person, CancellationToken cancellationToken) => db.ExecuteAsync(SqlErase, new { words = person.Words.ToArray(), person.Placeholder }, cancellationToken);

    // What a mail said may hold a secret.
    private const string SqlRead =
        """
        select json_build_object(
            'id', d.id, 'recipient', d.recipient, 'subject', m.subject, 'status', d.status, 'attempts', d.attempts,
            'last_error', d.last_error, 'created_at', d.created_at, 'finished_at', d.finished_at)::text
        from contracts.users u
        join notifications.deliveries d on d.recipient = u.email
        join notifications.messages m on m.id = d.message_id
        where u.id = @userId
        order by d.id
        """;

    // A mail that waits is not sent any more: nobody is left to read it.
    private const string SqlErase =
        """
        with erased as (
            update notifications.deliveries
            set
                recipient = @Placeholder,
                target_name = @Placeholder,
                last_error = null,
                status = case status when 'waiting' then 'dead' else status end,
                finished_at = coalesce(finished_at, created_at)
            where recipient = any(@words)
            returning message_id)
        update notifications.messages m
        set
            subject = '',
            body = '',
            data = '{}'
        from erased
        where m.id = erased.message_id
        """;
}
