using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;

namespace Monolith.Members.Users;

/// <summary>Who a <c>{user}</c> parameter names. It runs as the system: the caller's rights are checked on what it finds.</summary>
internal sealed class UserResolver(Db db, ICaller caller)
{
    /// <summary><c>me</c>, a uuid (deleted users included), or a username in any case; null when nobody.</summary>
    public async ValueTask<UserKey?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        Guid? id = reference == "me" ? caller.UserId
            : Guid.TryParseExact(reference, "D", out var parsed) ? parsed
            : null;
        return await db.SingleOrDefaultAsync<UserKey>(
            Sql,
            new { id, name = id is null ? reference.ToLowerInvariant() : null },
            cancellationToken);
    }

    /// <summary>As <see cref="FindAsync"/>, and readable by the caller.</summary>
    public async ValueTask<UserKey?> FindReadableAsync(string reference, CancellationToken cancellationToken) =>
        await FindAsync(reference, cancellationToken) is { } user && caller.Can(PermissionAction.Read, ResourceObject.User(user.Id)) ? user : null;

    /// <summary>Those of <paramref name="ids"/> who exist, are people or service accounts, and are readable by the caller. One query.</summary>
    public async Task<IReadOnlyList<UserKey>> FindReadableAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<UserKey>(Several, new { ids = ids.ToArray() }, cancellationToken))
            .Where(user => caller.Can(PermissionAction.Read, ResourceObject.User(user.Id)))];

    private const string Sql =
        """
        select id, username, login_type, is_system, is_service_account, deleted
        from members.users
        where id = @id or (username_folded = @name and not deleted)
        """;

    private const string Several =
        """
        select id, username, login_type, is_system, is_service_account, deleted
        from members.users
        where id = any (@ids) and not deleted and not is_system
        """;
}

/// <summary>The few facts of a user that checks need.</summary>
internal sealed record UserKey(Guid Id, string Username, string LoginType, bool IsSystem, bool IsServiceAccount, bool Deleted);
