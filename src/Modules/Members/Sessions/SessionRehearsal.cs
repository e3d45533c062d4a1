using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Sessions;

internal sealed class SessionRehearsal(Db<MembersModule> db, SessionLookup lookup, AssumedSession assumed, OrganizationDirectory organizations, TimeProvider clock) : ISessionRehearsal
{
    public async Task<RehearsedSession?> BeginAsync(string organization, CancellationToken cancellationToken)
    {
        if (await db.ScalarAsync<string>(AnyKey, null, cancellationToken) is not { } key
            || await db.SingleOrDefaultAsync<SessionRow>(SessionLookup.Sql, SessionLookup.Asked(key, organization), cancellationToken) is not { } row)
            return null;
        _ = ApiKeyToken.Generate().Matches(row.SecretHash);
        var (session, _) = await lookup.MakeAsync(row, cancellationToken);
        return new Rehearsed(row.UserId, key, session, row.ReadOrganization() is { } found ? new KnownOrganization(row.Organization!, found) : null);
    }

    public void Check(RehearsedSession session, string? organization, RehearsedCheck check)
    {
        var (_, key, last, place) = (Rehearsed)session;
        if (organization is not null)
            organizations.Remember(organization, place?.Found);
        if (check is RehearsedCheck.Before)
            return;
        db.RunAhead<SessionRow>(
            check is RehearsedCheck.AheadWithRoles ? SessionLookup.Sql : SessionLookup.SqlWithoutCustomRoles,
            SessionLookup.Asked(key, organization),
            row =>
            {
                _ = row is not null && SessionLookup.Holds(last, place, row, clock.GetUtcNow());
                assumed.Answer(true);
            });
        assumed.Begin(db.RunAheadNowAsync);
    }

    private const string AnyKey =
        """
        select k.id
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted
        limit 1
        """;

    private sealed record Rehearsed(Guid UserId, string Key, KnownSession Last, KnownOrganization? Place) : RehearsedSession(UserId);
}
