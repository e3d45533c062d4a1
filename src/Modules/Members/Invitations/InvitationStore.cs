using Monolith.Members.Sessions;

namespace Monolith.Members.Invitations;

/// <summary>An invitation and the account that it is for, both locked.</summary>
internal sealed class InvitationRow
{
    public required Guid UserId { get; init; }

    public required string Username { get; init; }

    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Status { get; init; }

    public required string LoginType { get; init; }
}

/// <summary>Keeps invitations. A test of the commands replaces it.</summary>
internal interface IInvitationStore
{
    /// <summary>Replaces the one that the user may have. Answers their e-mail address.</summary>
    Task<string> KeepAsync(Guid userId, ApiKeyToken token, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>By the first part of its token; null when it was used or replaced, or when its user is gone.</summary>
    Task<InvitationRow?> LockAsync(string tokenId, CancellationToken cancellationToken);

    /// <summary>It was used.</summary>
    Task RemoveAsync(Guid userId, CancellationToken cancellationToken);
}

internal sealed class InvitationStore(Db<MembersModule> db) : IInvitationStore
{
    public async Task<string> KeepAsync(Guid userId, ApiKeyToken token, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        (await db.ScalarAsync<string>(Keep, new { userId, token.Id, token.SecretHash, now, expiresAt }, cancellationToken))!;

    public Task<InvitationRow?> LockAsync(string tokenId, CancellationToken cancellationToken) => db.SingleOrDefaultAsync<InvitationRow>(Lock, new { tokenId }, cancellationToken);

    public Task RemoveAsync(Guid userId, CancellationToken cancellationToken) => db.ExecuteAsync(Remove, new { userId }, cancellationToken);

    private const string Keep =
        """
        insert into members.invitations (user_id, token_id, secret_hash, created_at, expires_at)
        values (@userId, @Id, @SecretHash, @now, @expiresAt)
        on conflict (user_id) do update
        set
            token_id = excluded.token_id,
            secret_hash = excluded.secret_hash,
            created_at = excluded.created_at,
            expires_at = excluded.expires_at;
        select email
        from members.users
        where id = @userId
        """;

    // The account first, as everybody locks it.
    private const string Lock =
        """
        select u.id as user_id, u.username, u.status, u.login_type, i.secret_hash, i.expires_at
        from members.users u
        join members.invitations i on i.user_id = u.id
        where i.token_id = @tokenId
            and not u.deleted
        for no key update of u
        for update of i
        """;

    private const string Remove =
        """
        delete from members.invitations
        where user_id = @userId
        """;
}
