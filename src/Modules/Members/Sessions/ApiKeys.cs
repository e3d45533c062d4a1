using Monolith.BuildingBlocks.Data;

namespace Monolith.Members.Sessions;

/// <summary>A key before it is made. <paramref name="LoginType"/> is <c>token</c> for named tokens, <c>password</c> for sessions.</summary>
internal sealed record NewApiKey(Guid UserId, string LoginType, TimeSpan Lifetime)
{
    public const string TokenType = "token";
    private static readonly string[] Unlimited = ["coder:all"];
    private static readonly string[] Everything = ["*:*"];

    public string TokenName { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = Unlimited;

    public IReadOnlyList<string> AllowList { get; init; } = Everything;

    public static NewApiKey Session(Guid userId, TimeSpan lifetime) => new(userId, "password", lifetime);
}

/// <summary>The one way a key comes into being. The secret leaves the server once, in the answer.</summary>
internal sealed class ApiKeys(Db db, TimeProvider clock)
{
    /// <summary>The token; null when the user is gone or has a token of that name.</summary>
    public async Task<string?> CreateAsync(NewApiKey key, CancellationToken cancellationToken)
    {
        var token = ApiKeyToken.Generate();
        var now = clock.GetUtcNow();
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
        return inserted == 1 ? token.ToString() : null;
    }

    // The lock keeps a deletion of the user from passing between the read and the insert.
    private const string Insert =
        """
        insert into members.api_keys
            (id, secret_hash, user_id, login_type, token_name, scopes, allow_list, lifetime_seconds, created_at, updated_at, expires_at)
        select @id, @secret_hash, u.id, @login_type, @token_name, @scopes, @allow_list, @lifetime_seconds, @now, @now, @expires_at
        from members.users u
        where u.id = @user_id and not u.deleted
        for share of u
        on conflict do nothing
        """;
}
