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

/// <summary>The one way a key comes into being. The secret leaves the server once, in the answer.</summary>
internal sealed class ApiKeys(Db<MembersModule> db, TimeProvider clock)
{
    /// <summary>Live tokens of one user at most, and sessions as many.</summary>
    public const int Most = 1000;

    private static readonly Error NameTaken = Error.Conflict("The user has a token of this name already.", "token_name", "Taken.");
    private static readonly Error TooMany = Error.Conflict(
        $"The user has {Most} tokens that have not expired, which is the most. Delete or expire some first.", "token_name", "No more tokens.");

    /// <summary>The token; 404 when the user is gone, 409 when there is a token of that name or are too many. A session too many ends the one that was not used longest.</summary>
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
}
