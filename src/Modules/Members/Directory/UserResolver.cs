namespace Monolith.Members.Directory;

/// <summary>Finds several users for a caller.</summary>
internal interface IReadableUsers
{
    /// <summary>Those of <paramref name="ids"/> who exist, are people or service accounts, and are readable by the caller. One query.</summary>
    Task<IReadOnlyList<UserInfo>> FindReadableAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>Finds users by what routes and queries call them. It runs as the system: the caller's rights are checked on what it finds. Scoped.</summary>
internal sealed class UserResolver(Db<MembersModule> db, ICaller caller) : IUserDirectory, IReadableUsers
{
    private readonly Dictionary<string, UserInfo?> _known = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async ValueTask<UserInfo?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(reference, out var known))
            return known;
        Guid? id = reference == "me" ? caller.UserId
            : Guid.TryParseExact(reference, "D", out var parsed) ? parsed
            : null;
        return _known[reference] = await db.SingleOrDefaultAsync<UserInfo>(
            Sql,
            new { id, name = id is null ? reference.ToLowerInvariant() : null },
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<UserInfo>> FindReadableAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<UserInfo>(Several, new { ids = ids.ToArray() }, cancellationToken))
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
