using Monolith.BuildingBlocks.Data;

namespace Monolith.Members.Sessions;

/// <summary>Makes API keys. The secret leaves the server once, in the answer.</summary>
internal sealed class ApiKeys(Db db, TimeProvider clock)
{
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromSeconds(86_400);
    private static readonly string[] SessionScopes = ["coder:all"];

    public async Task<string> CreateSessionAsync(Guid userId, CancellationToken cancellationToken)
    {
        var token = ApiKeyToken.Generate();
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(
            Insert,
            new
            {
                id = token.Id,
                secret_hash = token.SecretHash,
                user_id = userId,
                login_type = "password",
                scopes = SessionScopes,
                lifetime_seconds = (long)SessionLifetime.TotalSeconds,
                now,
                expires_at = now + SessionLifetime,
            },
            cancellationToken);
        return token.ToString();
    }

    private const string Insert =
        """
        insert into members.api_keys
            (id, secret_hash, user_id, login_type, scopes, lifetime_seconds, created_at, updated_at, expires_at)
        values
            (@id, @secret_hash, @user_id, @login_type, @scopes, @lifetime_seconds, @now, @now, @expires_at)
        """;
}
