using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>A key before it is made. <paramref name="LoginType"/> is <c>token</c> for named tokens, <c>password</c> for sessions.</summary>
internal sealed record NewApiKey(Guid UserId, string LoginType, TimeSpan Lifetime)
{
    private static readonly string[] Unlimited = ["coder:all"];
    private static readonly string[] Everything = ["*:*"];

    public string TokenName { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = Unlimited;

    public IReadOnlyList<string> AllowList { get; init; } = Everything;

    public static NewApiKey Session(Guid userId, TimeSpan lifetime) => new(userId, Contracts.LoginType.Password, lifetime);
}

/// <summary>The one way a key comes into being and ends. The secret leaves the server once, in the answer.</summary>
internal interface IApiKeyStore
{
    /// <summary>The token; 404 when the user is gone, 409 when there is a token of that name or are too many. A session too many ends the one that was not used longest.</summary>
    Task<Result<string>> CreateAsync(NewApiKey key, CancellationToken cancellationToken);

    /// <summary>False when it was gone already.</summary>
    Task<bool> DeleteAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>It ends now and stays in sight. Nothing happens when it has ended.</summary>
    Task ExpireAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>The key of a session goes, and with it the keys that applications got from the user's sessions.</summary>
    Task SignOutAsync(string? keyId, Guid userId, CancellationToken cancellationToken);

    /// <summary>All sessions of the user go; tokens stay. Answers how many there were.</summary>
    Task<int> EndSessionsAsync(Guid userId, CancellationToken cancellationToken);
}

internal sealed class ApiKeyStore(Db<MembersModule> db, TimeProvider clock) : IApiKeyStore
{
    /// <summary>Live tokens of one user at most, and sessions as many.</summary>
    public const int Most = 1000;

    private static readonly Error NameTaken = Error.Conflict("The user has a token of this name already.", "token_name", "Taken.");
    private static readonly Error TooMany = Error.Conflict(
        $"The user has {Most} tokens that have not expired, which is the most. Delete or expire some first.", "token_name", "No more tokens.");

    public async Task<Result<string>> CreateAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        var token = ApiKeyToken.Generate();
        var now = clock.GetUtcNow();
        if (await db.ScalarAsync<Guid?>(LockUser, new { user_id = key.UserId }, cancellationToken) is null)
            return Error.UserNotFound;
        var isToken = key.LoginType == LoginType.Token;
        if (isToken && await db.ScalarAsync<long>(CountTokens, new { user_id = key.UserId, now }, cancellationToken) >= Most)
            return TooMany;
        if (!isToken)
            await db.ExecuteAsync(EndOldest, new { user_id = key.UserId, kept = Most - 1 }, cancellationToken);
        var inserted = await db.ExecuteAsync(
            Insert,
            new
            {
                id = token.Id,
                secret_hash = token.SecretHash,
                user_id = key.UserId,
                login_type = key.LoginType,
                token_name = key.TokenName,
                scopes = key.Scopes.ToArray(),
                allow_list = key.AllowList.ToArray(),
                lifetime_seconds = (long)key.Lifetime.TotalSeconds,
                now,
                expires_at = now + key.Lifetime,
            },
            cancellationToken);
        return inserted == 1 ? token.ToString() : NameTaken;
    }

    public async Task<bool> DeleteAsync(string keyId, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(DeleteOne, new { key_id = keyId }, cancellationToken) != 0;

    public Task ExpireAsync(string keyId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Expire, new { key_id = keyId, now = clock.GetUtcNow() }, cancellationToken);

    public Task SignOutAsync(string? keyId, Guid userId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(SignOut, new { key_id = keyId, user_id = userId }, cancellationToken);

    public Task<int> EndSessionsAsync(Guid userId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(EndSessions, new { user_id = userId }, cancellationToken);

    private const string EndSessions = "delete from members.api_keys where user_id = @user_id and login_type <> 'token'";

    // Keeps a deletion of the user, and another key of theirs, from passing between the count and the insert.
    private const string LockUser =
        """
        select id
        from members.users
        where id = @user_id and not deleted
        for no key update
        """;

    private const string CountTokens =
        """
        select count(*)
        from members.api_keys
        where user_id = @user_id
          and login_type = 'token'
          and expires_at > @now
        """;

    private const string EndOldest =
        """
        delete from members.api_keys
        where id in (
            select id
            from members.api_keys
            where user_id = @user_id and login_type <> 'token'
            order by greatest(last_used, created_at) desc, id
            offset @kept)
        """;

    private const string Insert =
        """
        insert into members.api_keys
            (id, secret_hash, user_id, login_type, token_name, scopes, allow_list, lifetime_seconds, created_at, updated_at, expires_at)
        values
            (@id, @secret_hash, @user_id, @login_type, @token_name, @scopes, @allow_list, @lifetime_seconds, @now, @now, @expires_at)
        on conflict do nothing
        """;

    private const string DeleteOne =
        """
        delete from members.api_keys
        where id = @key_id
        """;

    private const string Expire =
        """
        update members.api_keys
        set expires_at = @now, updated_at = @now
        where id = @key_id and expires_at > @now
        """;

    private const string SignOut =
        """
        delete from members.api_keys
        where id = @key_id
           or (user_id = @user_id and 'coder:application_connect' = any (scopes))
        """;
}
