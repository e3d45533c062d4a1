using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>An API key on the wire; the secret is never part of it.</summary>
/// <param name="Id">The ten characters before the hyphen.</param>
/// <param name="LastUsed"><c>0001-01-01T00:00:00Z</c> before the first use.</param>
/// <param name="LoginType"><c>token</c> for named tokens, else how the session began.</param>
/// <param name="Scope">For old clients: <c>application_connect</c>, <c>all</c> or empty.</param>
/// <param name="Scopes">Canonical names.</param>
/// <param name="LifetimeSeconds">Whole seconds from creation to expiry.</param>
/// <param name="AllowList">Entries <c>type:id</c>; <c>*:*</c> for everything.</param>
internal record ApiKey(
    string Id,
    Guid UserId,
    DateTimeOffset LastUsed,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: OneOf(typeof(LoginType))] string LoginType,
    string Scope,
    IReadOnlyList<string> Scopes,
    string TokenName,
    long LifetimeSeconds,
    IReadOnlyList<string> AllowList)
{
    /// <summary>What audit rows call a key: its own name, else its owner's.</summary>
    public static string AuditName(string tokenName, string username) => tokenName.Length > 0 ? tokenName : username;

    public static ApiKey From(ApiKeyRow row) => new(
        row.Id, row.UserId, row.LastUsed, row.ExpiresAt, row.CreatedAt, row.UpdatedAt, row.LoginType,
        LegacyScope(row.Scopes), row.Scopes, row.TokenName, row.LifetimeSeconds, row.AllowList);

    private static string LegacyScope(string[] scopes) =>
        scopes.Contains("coder:application_connect") ? "application_connect" : scopes.Contains("coder:all") ? "all" : "";
}

/// <summary>A token in a list, with the name of its owner.</summary>
internal sealed record ApiKeyWithOwner : ApiKey
{
    public ApiKeyWithOwner(ApiKey key, string username)
        : base(key) => Username = username;

    public string Username { get; }
}

internal sealed class ApiKeyRow
{
    public required string Id { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset LastUsed { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string LoginType { get; init; }

    public required string[] Scopes { get; init; }

    public required string TokenName { get; init; }

    public required long LifetimeSeconds { get; init; }

    public required string[] AllowList { get; init; }

    public required string Username { get; init; }
}

/// <summary>Reads keys of one user, or of everybody.</summary>
internal interface IApiKeyReader
{
    Task<ApiKeyRow?> FindAsync(Guid userId, string keyId, CancellationToken cancellationToken);

    Task<ApiKeyRow?> FindTokenAsync(Guid userId, string name, CancellationToken cancellationToken);

    /// <summary>True for somebody who holds the site role owner.</summary>
    Task<bool> IsOwnerAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Named tokens in order of creation. Null <paramref name="userId"/>: of everybody.</summary>
    Task<IReadOnlyList<ApiKeyRow>> ListTokensAsync(Guid? userId, bool includeExpired, CancellationToken cancellationToken);
}

internal sealed class ApiKeyReader(Db<MembersModule> db, TimeProvider clock) : IApiKeyReader
{
    public Task<ApiKeyRow?> FindAsync(Guid userId, string keyId, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<ApiKeyRow>(Select + "where k.user_id = @user_id and k.id = @key_id", new { user_id = userId, key_id = keyId }, cancellationToken);

    public Task<ApiKeyRow?> FindTokenAsync(Guid userId, string name, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<ApiKeyRow>(
            Select + "where k.login_type = 'token' and k.user_id = @user_id and k.token_name = @name", new { user_id = userId, name }, cancellationToken);

    public Task<bool> IsOwnerAsync(Guid userId, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>(OwnerAmongUsers, new { user_id = userId }, cancellationToken);

    public Task<IReadOnlyList<ApiKeyRow>> ListTokensAsync(Guid? userId, bool includeExpired, CancellationToken cancellationToken) =>
        db.QueryAsync<ApiKeyRow>(
            Select
            + "where k.login_type = 'token'\n"
            + (userId is null ? "" : "  and k.user_id = @user_id\n")
            + (includeExpired ? "" : "  and k.expires_at > @now\n")
            + "order by k.created_at, k.id",
            new { user_id = userId, now = clock.GetUtcNow() },
            cancellationToken);

    private const string OwnerAmongUsers = "select exists (select 1 from members.users where id = @user_id and 'owner' = any (site_roles))";

    private const string Select =
        """
        select
            k.id,
            k.user_id,
            k.last_used,
            k.expires_at,
            k.created_at,
            k.updated_at,
            k.login_type,
            k.scopes,
            k.token_name,
            k.lifetime_seconds,
            k.allow_list,
            u.username
        from members.api_keys k
        join members.users u on u.id = k.user_id

        """;
}
