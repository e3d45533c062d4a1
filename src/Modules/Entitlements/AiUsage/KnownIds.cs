namespace Monolith.Entitlements.AiUsage;

/// <summary>Which of the ids that a report names exist and are not deleted, and who belongs where.</summary>
internal interface IKnownIds
{
    Task<HashSet<Guid>> UsersAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken);

    Task<HashSet<Guid>> OrganizationsAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Those of the pairs that are memberships.</summary>
    Task<HashSet<(Guid User, Guid Organization)>> MembersAsync(IEnumerable<(Guid User, Guid Organization)> pairs, CancellationToken cancellationToken);

    /// <summary>
    /// Until the end of the transaction nobody of these is deleted or leaves an organization: whoever does either has this row locked or waits for it.
    /// Look at users and memberships in a statement after this one.
    /// </summary>
    Task HoldAsync(IEnumerable<Guid> users, CancellationToken cancellationToken);
}

internal sealed class KnownIds(Db<EntitlementsModule> db) : IKnownIds
{
    public async Task<HashSet<Guid>> UsersAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        [.. await db.QueryAsync<Guid>(Users, new { ids = ids.Distinct().ToArray() }, cancellationToken)];

    public async Task<HashSet<Guid>> OrganizationsAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        [.. await db.QueryAsync<Guid>(Organizations, new { ids = ids.Distinct().ToArray() }, cancellationToken)];

    public async Task<HashSet<(Guid User, Guid Organization)>> MembersAsync(
        IEnumerable<(Guid User, Guid Organization)> pairs, CancellationToken cancellationToken)
    {
        var wanted = pairs.Distinct().ToList();
        var found = await db.QueryAsync<Membership>(
            Members,
            new { users = wanted.ConvertAll(pair => pair.User).ToArray(), organizations = wanted.ConvertAll(pair => pair.Organization).ToArray() },
            cancellationToken);
        return [.. found.Select(one => (one.UserId, one.OrganizationId))];
    }

    public Task HoldAsync(IEnumerable<Guid> users, CancellationToken cancellationToken) =>
        db.QueryAsync<Guid>(Hold, new { ids = users.Distinct().ToArray() }, cancellationToken);

    private sealed record Membership(Guid UserId, Guid OrganizationId);

    private const string Hold =
        """
        select user_id
        from entitlements.user_standing
        where user_id = any(@ids)
        order by user_id
        for no key update
        """;

    private const string Members =
        """
        select user_id, organization_id
        from unnest(@users, @organizations) as wanted (user_id, organization_id)
        join contracts.organization_members using (user_id, organization_id)
        """;

    private const string Users =
        """
        select id
        from contracts.users
        where id = any(@ids)
            and not deleted
        """;

    private const string Organizations =
        """
        select id
        from contracts.organizations
        where id = any(@ids)
            and not deleted
        """;
}
