using Monolith.Notifications.Directory;
using Npgsql;

namespace Monolith.Notifications.Targets;

/// <summary>Reads and writes targets. A test of a slice replaces it.</summary>
internal interface ITargetStore
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<TargetRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    Task<TargetRow?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>As <see cref="FindAsync"/>; nobody else changes it before the transaction ends.</summary>
    Task<TargetRow?> LockAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>False when the name is taken. The secret comes closed.</summary>
    Task<bool> InsertAsync(TargetRow target, string? secret, CancellationToken cancellationToken);

    /// <summary>False when the name is taken.</summary>
    Task<bool> UpdateAsync(TargetRow target, CancellationToken cancellationToken);

    /// <summary>Replaces the secret.</summary>
    Task SetSecretAsync(TargetRow target, string secret, CancellationToken cancellationToken);

    /// <summary>Removes it. What waits for it is given up by the worker.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);
}

internal sealed class TargetStore(Db<NotificationsModule> db) : ITargetStore
{
    public Task<IReadOnlyList<TargetRow>> ListAsync(CancellationToken cancellationToken) => db.QueryAsync<TargetRow>(List, null, cancellationToken);

    public Task<TargetRow?> FindAsync(Guid id, CancellationToken cancellationToken) => db.SingleOrDefaultAsync<TargetRow>(Find, new { id }, cancellationToken);

    public Task<TargetRow?> LockAsync(Guid id, CancellationToken cancellationToken) => db.SingleOrDefaultAsync<TargetRow>($"{Find}\nfor update", new { id }, cancellationToken);

    public async Task<bool> InsertAsync(TargetRow target, string? secret, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(
            Insert, new { target.Id, target.Name, target.Kind, target.Enabled, target.Url, target.Recipients, target.Rules, secret, target.CreatedAt }, cancellationToken) == 1;

    public async Task<bool> UpdateAsync(TargetRow target, CancellationToken cancellationToken)
    {
        try
        {
            await db.ExecuteAsync(Update, new { target.Id, target.Name, target.Enabled, target.Url, target.Recipients, target.Rules, target.UpdatedAt }, cancellationToken);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public Task SetSecretAsync(TargetRow target, string secret, CancellationToken cancellationToken) =>
        db.ExecuteAsync(SetSecret, new { target.Id, secret, target.UpdatedAt }, cancellationToken);

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => db.ExecuteAsync(Delete, new { id }, cancellationToken);

    private const string Columns = "id, name, kind, enabled, url, recipients, rules, created_at, updated_at";

    private const string List =
        $"""
        select {Columns}
        from notifications.targets
        order by name, id
        """;

    private const string Find =
        $"""
        select {Columns}
        from notifications.targets
        where id = @id
        """;

    private const string Insert =
        """
        insert into notifications.targets (id, name, kind, enabled, url, recipients, rules, secret, created_at, updated_at)
        values (@Id, @Name, @Kind, @Enabled, @Url, @Recipients, @Rules, @secret, @CreatedAt, @CreatedAt)
        on conflict (name) do nothing
        """;

    private const string Update =
        """
        update notifications.targets
        set
            name = @Name,
            enabled = @Enabled,
            url = @Url,
            recipients = @Recipients,
            rules = @Rules,
            updated_at = @UpdatedAt
        where id = @Id
        """;

    private const string SetSecret =
        """
        update notifications.targets
        set
            secret = @secret,
            updated_at = @UpdatedAt
        where id = @Id
        """;

    // Whoever waits in line is due at once, and finds that the target is gone.
    private const string Delete =
        """
        update notifications.deliveries
        set due_at = least(due_at, now())
        where target_id = @id
            and status = 'waiting';
        delete from notifications.targets
        where id = @id
        """;
}
