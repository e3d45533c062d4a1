using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class SessionRehearsal(Db<MembersModule> db, ISubjects subjects) : ISessionRehearsal
{
    public async Task<string?> BeginAsync(string? organization, CancellationToken cancellationToken)
    {
        if (await db.ScalarAsync<string>(AnyKey, null, cancellationToken) is not { } key)
            return null;
        if (await db.SingleOrDefaultAsync<SessionRow>(SessionLookup.Sql, SessionLookup.Asked(key, organization), cancellationToken) is { } row)
        {
            row.ReadOrganization();
            await subjects.CreateAsync(row.ToFacts(row.Scopes, row.AllowList), cancellationToken);
        }

        return key;
    }

    public void GoAhead(string key, string? organization) =>
        db.RunAhead<SessionRow>(SessionLookup.SqlWithoutCustomRoles, SessionLookup.Asked(key, organization), _ => { });

    private const string AnyKey =
        """
        select k.id
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted
        limit 1
        """;
}
