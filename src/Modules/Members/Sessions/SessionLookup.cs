using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.Members.Contracts;
using Monolith.Members.Organizations;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class SessionLookup(Db db, ISubjects subjects, OrganizationDirectory organizations, TimeProvider clock) : ISessions
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromHours(1);

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
        if (row.Status == "suspended")
            return new(null, null, SessionErrors.Suspended);

        await TouchAsync(key.Id, row, now, cancellationToken);
        if (organization is not null)
            organizations.Remember(organization, row.ReadOrganization());
        return new(subjects.Create(row.ToFacts(row.Scopes)), key.Id, null, row.Username);
    }

    /// <summary>At most once an hour, and when a dormant user comes back.</summary>
    private async Task TouchAsync(string keyId, SessionRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lifetime = TimeSpan.FromSeconds(row.LifetimeSeconds);
        var slides = row.ExpiresAt - now <= lifetime - TouchEvery;
        if (now - row.LastUsed < TouchEvery && !slides && row.Status != "dormant")
            return;
        await db.ExecuteAsync(
            TouchSql,
            new { key_id = keyId, user_id = row.UserId, now, expires_at = slides ? now + lifetime : row.ExpiresAt },
            cancellationToken);
    }

    private sealed class SessionRow : SubjectRow
    {
        public required byte[] SecretHash { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }

        public required DateTimeOffset LastUsed { get; init; }

        public required long LifetimeSeconds { get; init; }

        public required string[] Scopes { get; init; }

        public required string Username { get; init; }

        public string? Organization { get; init; }

        public OrganizationInfo? ReadOrganization() => Read<OrganizationInfo>(Organization);
    }

    private const string Sql =
        $"""
        select
            k.secret_hash,
            k.expires_at,
            k.last_used,
            k.lifetime_seconds,
            k.scopes,
            u.username,
        {SubjectRow.Columns},
            (select jsonb_build_object('id', t.id, 'name', t.name, 'display_name', t.display_name, 'is_default', t.is_default)::text
             from members.organizations t
             where @with_organization
               and not t.deleted
               and (t.id = @organization_id or t.name_folded = @organization_name or (@is_default and t.is_default))
            ) as organization
        from members.api_keys k
        join members.users u on u.id = k.user_id and not u.deleted
        where k.id = @key_id
        """;

    private const string TouchSql =
        """
        with key as (
            update members.api_keys
            set last_used = @now, expires_at = @expires_at, updated_at = @now
            where id = @key_id
        )
        update members.users
        set last_seen_at = @now, status = case when status = 'dormant' then 'active' else status end
        where id = @user_id and status <> 'suspended'
        """;
}
