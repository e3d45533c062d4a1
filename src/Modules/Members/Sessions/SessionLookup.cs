using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class SessionLookup(
    Db<MembersModule> db, ISubjects subjects, SubjectCache known, OrganizationDirectory organizations, SessionUse use, TimeProvider clock) : ISessions
{
    public async Task<SessionResult> AuthenticateAsync(string token, string? organization, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(token, out var key))
            return new(null, null, SessionErrors.Invalid);

        var target = OrganizationReference.Parse(organization);
        var row = await db.SingleOrDefaultAsync<SessionRow>(
            Sql,
            new { key_id = key.Id, with_organization = organization is not null, organization_id = target.Id, organization_name = target.Name, is_default = target.IsDefault },
            cancellationToken);
        if (row is null || !key.Matches(row.SecretHash))
            return new(null, null, SessionErrors.Invalid);
        var now = clock.GetUtcNow();
        if (row.ExpiresAt <= now)
            return new(null, null, SessionErrors.Expired);
        if (row.Status == UserStatus.Suspended)
            return new(null, null, SessionErrors.Suspended);

        await use.NoteAsync(key.Id, row, now, cancellationToken);
        if (organization is not null)
            organizations.Remember(organization, row.ReadOrganization());
        var (rights, subject) = await SubjectAsync(key.Id, row, cancellationToken);
        return new(subject, key.Id, null, row.Username, rights);
    }

    private async ValueTask<(SubjectRights Rights, Subject Subject)> SubjectAsync(string keyId, SessionRow row, CancellationToken cancellationToken)
    {
        var rights = row.Rights();
        if (known.Find(keyId, rights) is { } same)
            return same;
        var made = subjects.CreateAsync(row.ToFacts(row.Scopes, row.AllowList), cancellationToken);
        // What had to be read on the way may be newer than the texts: such a subject serves this request only.
        var followsFromTexts = made.IsCompletedSuccessfully;
        var subject = await made;
        if (followsFromTexts)
            known.Keep(keyId, rights, subject);
        return (rights, subject);
    }

    private const string Sql =
        $"""
        select
            k.secret_hash,
            k.expires_at,
            k.last_used,
            k.lifetime_seconds,
            k.login_type,
            k.scopes,
            k.allow_list,
            u.username,
            u.last_seen_at,
        {SubjectRow.Columns},
            (select jsonb_build_object('id', t.id, 'name', t.name, 'display_name', t.display_name, 'is_default', t.is_default, 'default_member_roles', t.default_org_member_roles)::text
             from members.organizations t
             where @with_organization
               and not t.deleted
               and (t.id = @organization_id or t.name_folded = @organization_name or (@is_default and t.is_default))
            ) as organization
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted
        where k.id = @key_id
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
