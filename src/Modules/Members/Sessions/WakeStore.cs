namespace Monolith.Members.Sessions;

/// <summary>An account that was just marked as seen, and active.</summary>
internal sealed record Woken(string Username, bool WasDormant);

/// <summary>Marks accounts as seen.</summary>
internal interface IWakeStore
{
    /// <summary>Null when the account is gone or suspended, or its password is no longer the one that was checked.</summary>
    Task<Woken?> WakeAsync(Guid userId, string? passwordHash, CancellationToken cancellationToken);
}

internal sealed class WakeStore(Db<MembersModule> db, TimeProvider clock) : IWakeStore
{
    public Task<Woken?> WakeAsync(Guid userId, string? passwordHash, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<Woken>(Wake, new { id = userId, password_hash = passwordHash, now = clock.GetUtcNow() }, cancellationToken);

    private const string Wake =
        """
        with before as (
            select id, status
            from members.users
            where id = @id
              and not deleted
              and status <> 'suspended'
              and (@password_hash is null or password_hash = @password_hash)
            for no key update
        )
        update members.users u
        set last_seen_at = greatest(u.last_seen_at, @now),
            status = 'active',
            updated_at = case when before.status = 'dormant' then @now else u.updated_at end
        from before
        where u.id = before.id
        returning u.username, before.status = 'dormant' as was_dormant
        """;
}
