using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Members.Users;

/// <summary>Who a <c>{user}</c> parameter names. It runs as the system: the caller's rights are checked on what it finds. Scoped; asks once for each name.</summary>
internal sealed class UserResolver(Db<MembersModule> db, ICaller caller)
{
    private readonly Dictionary<string, UserKey?> _known = new(StringComparer.Ordinal);

    /// <summary><c>me</c>, a uuid (deleted users included), or a username in any case; null when nobody.</summary>
    public async ValueTask<UserKey?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(reference, out var known))
            return known;
        Guid? id = reference == "me" ? caller.UserId
            : Guid.TryParseExact(reference, "D", out var parsed) ? parsed
            : null;
        return _known[reference] = await db.SingleOrDefaultAsync<UserKey>(
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

/// <summary>A request about the user that its route names.</summary>
internal interface IUserRequest
{
    /// <summary><c>me</c>, a uuid or a username.</summary>
    string User { get; }
}

/// <summary>Lets a request pass when its user is there and readable, so that a hidden user is a 404 before the body is looked at.</summary>
internal abstract class ReadableUserAuthorizer<TRequest>(UserResolver users) : IRequestAuthorizer<TRequest>
    where TRequest : IUserRequest
{
    public async ValueTask<Error?> AuthorizeAsync(TRequest request, CancellationToken cancellationToken) =>
        await users.FindReadableAsync(request.User, cancellationToken) is { Deleted: false, IsSystem: false } ? null : Error.UserNotFound;
}
