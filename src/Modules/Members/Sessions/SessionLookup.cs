using Dapper;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class SessionLookup(
    Db<MembersModule> db, ISubjects subjects, SubjectCache known, AssumedSession assumed, OrganizationDirectory organizations, SessionUse use, TimeProvider clock) : ISessions
{
    public async Task<SessionResult> AuthenticateAsync(string token, string? organization, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(token, out var key))
            return new(null, null, SessionErrors.Invalid);

        var row = await db.SingleOrDefaultAsync<SessionRow>(Sql, Asked(key.Id, organization), cancellationToken);
        if (row is null || !key.Matches(row.SecretHash))
            return new(null, null, SessionErrors.Invalid);
        var now = clock.GetUtcNow();
        if (row.ExpiresAt <= now)
            return new(null, null, SessionErrors.Expired);
        if (row.Status == UserStatus.Suspended)
            return new(null, null, SessionErrors.Suspended);

        await use.NoteAsync(key.Id, row, now, cancellationToken);
        if (organization is not null)
            Remember(organization, row.Organization, row.ReadOrganization());
        var session = await SessionAsync(key.Id, row, cancellationToken);
        return new(session.Subject, key.Id, null, row.Username, session.Rights);
    }

    public SessionResult? Assume(string token, string? organization)
    {
        if (!ApiKeyToken.TryParse(token, out var key) || known.Last(key.Id) is not { } last || !key.Matches(last.SecretHash))
            return null;
        KnownOrganization? place = null;
        if (organization is not null)
        {
            place = known.Organization(organization);
            if (place is null)
                return null;
            organizations.Remember(organization, place.Found);
        }

        db.RunAhead<SessionRow>(last.NamesRoles ? Sql : SqlWithoutCustomRoles, Asked(key.Id, organization), row => Judge(key.Id, last, place, row));
        assumed.Begin(db.RunAheadNowAsync);
        return new(last.Subject, key.Id, null, last.Username, last.Rights);
    }

    private void Judge(string keyId, KnownSession last, KnownOrganization? place, SessionRow? row)
    {
        var now = clock.GetUtcNow();
        var holds = row is not null && Holds(last, place, row, now);
        if (holds)
            use.Note(keyId, row!, now);
        else
            known.Forget(keyId);
        assumed.Answer(holds);
    }

    /// <summary>Whether the session is now what it was.</summary>
    internal static bool Holds(KnownSession last, KnownOrganization? place, SessionRow row, DateTimeOffset now) =>
        last.IsOf(row)
        && last.Rights.Equals(row.Rights())
        && row.ExpiresAt > now
        && row.Status != UserStatus.Suspended
        && !SessionUse.Wakes(row)
        && row.Organization == place?.Text;

    private void Remember(string reference, string? text, OrganizationInfo? found)
    {
        organizations.Remember(reference, found);
        if (text is not null && found is not null)
            known.Keep(reference, new KnownOrganization(text, found));
    }

    internal static DynamicParameters Asked(string keyId, string? organization)
    {
        var target = OrganizationReference.Parse(organization);
        var asked = new DynamicParameters();
        asked.Add("session_key", keyId);
        asked.Add("session_inside", organization is not null);
        asked.Add("session_organization_id", target.Id);
        asked.Add("session_organization_name", target.Name);
        asked.Add("session_in_default", target.IsDefault);
        return asked;
    }

    private async ValueTask<KnownSession> SessionAsync(string keyId, SessionRow row, CancellationToken cancellationToken)
    {
        if (known.Find(keyId, row.Rights()) is { } same && same.IsOf(row))
            return same;
        var (session, followsFromTexts) = await MakeAsync(row, cancellationToken);
        if (followsFromTexts)
            known.Keep(keyId, session);
        return session;
    }

    /// <summary>What had to be read on the way may be newer than the texts: such a session serves one request only.</summary>
    internal async ValueTask<(KnownSession Session, bool FollowsFromTexts)> MakeAsync(SessionRow row, CancellationToken cancellationToken)
    {
        var facts = row.ToFacts(row.Scopes, row.AllowList);
        var made = subjects.CreateAsync(facts, cancellationToken);
        var followsFromTexts = made.IsCompletedSuccessfully;
        return (new(row.Rights(), await made, row.SecretHash, row.Username, facts.Memberships.Any(membership => membership.Roles.Count > 0)), followsFromTexts);
    }

    internal const string Sql =
        $"""
        {Key},
        {SubjectRow.Columns},
        {From}
        """;

    internal const string SqlWithoutCustomRoles =
        $"""
        {Key},
        {SubjectRow.ColumnsWithoutCustomRoles},
        {From}
        """;

    private const string Key =
        """
        select
            k.secret_hash,
            k.expires_at,
            k.last_used,
            k.lifetime_seconds,
            k.login_type,
            k.scopes,
            k.allow_list,
            u.username,
            u.last_seen_at
        """;

    private const string From =
        """
            (select json_build_object('id', t.id, 'name', t.name, 'display_name', t.display_name, 'is_default', t.is_default, 'default_member_roles', t.default_org_member_roles)::text
             from members.organizations t
             where @session_inside
               and not t.deleted
               and (t.id = @session_organization_id or t.name_folded = @session_organization_name or (@session_in_default and t.is_default))
            ) as organization
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted
        where k.id = @session_key
        """;
}

/// <summary>What the one query of the token check brings.</summary>
internal sealed class SessionRow : SubjectRow
{
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset LastUsed { get; init; }

    public required long LifetimeSeconds { get; init; }

    public required string LoginType { get; init; }

    public required string[] Scopes { get; init; }

    public required string[] AllowList { get; init; }

    public required string Username { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public string? Organization { get; init; }

    /// <summary>The texts that the rights are made of: they are compared, and never read.</summary>
    public SubjectRights Rights() => new(UserId, Status, IsServiceAccount, SiteRoles, Memberships, CustomRoles, Scopes, AllowList);

    public OrganizationInfo? ReadOrganization() => Read<OrganizationInfo>(Organization);
}
