namespace Monolith.Audit.Log;

/// <summary>A row of the log with what it speaks of, as the list reads it.</summary>
internal sealed class AuditLogRow
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Null for a stranger and for the program itself.</summary>
    public Guid? ActorId { get; init; }

    public string Action { get; init; } = "";

    public string ResourceType { get; init; } = "";

    public Guid? ResourceId { get; init; }

    public string? Target { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>JSON.</summary>
    public string? Before { get; init; }

    /// <summary>JSON.</summary>
    public string? After { get; init; }

    public int Status { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Of a sum of refusals: the command or the route.</summary>
    public string? Operation { get; init; }

    public int Occurrences { get; init; } = 1;

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Null when the actor is nobody who is known.</summary>
    public string? Username { get; init; }

    public string Name { get; init; } = "";

    public string AvatarUrl { get; init; } = "";

    public string Email { get; init; } = "";

    public string UserStatus { get; init; } = "";

    public string LoginType { get; init; } = "";

    public bool IsServiceAccount { get; init; }

    public string[] SiteRoles { get; init; } = [];

    public DateTimeOffset? UserCreatedAt { get; init; }

    public DateTimeOffset? UserUpdatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public string? OrganizationName { get; init; }

    public string? OrganizationDisplayName { get; init; }

    /// <summary>What the row speaks of is gone by now.</summary>
    public bool IsDeleted { get; init; }
}

internal static class AuditLogMap
{
    private const string Alone = "contracts.audit_logs l";

    public static TableMap<AuditLogRow> Table { get; } = new(
        // One probe a row, and none for rows that are skipped or counted.
        $"""
        {Alone}
        left join lateral (
            select *
            from contracts.users
            where id = l.actor_id
            limit 1) actor on true
        left join lateral (
            select name, display_name
            from contracts.organizations
            where id = l.organization_id
            limit 1) organization on true
        """,
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "l.id")
            .Read(row => row.At, "l.at")
            .Read(row => row.ActorId, "l.actor_id")
            .Read(row => row.Action, "l.action")
            .Read(row => row.ResourceType, "l.resource_type")
            .Read(row => row.ResourceId, "l.resource_id")
            .Read(row => row.Target, "l.target")
            .Read(row => row.OrganizationId, "l.organization_id")
            .Read(row => row.Before, "l.before::text")
            .Read(row => row.After, "l.after::text")
            .Read(row => row.Status, "l.status")
            .Read(row => row.Address, "l.address")
            .Read(row => row.UserAgent, "l.user_agent")
            .Read(row => row.RequestId, "l.request_id")
            .Read(row => row.Operation, "l.operation")
            .Read(row => row.Occurrences, "l.occurrences")
            .Read(row => row.LastAt, "l.last_at")
            .Read(row => row.Username, "actor.username")
            .Read(row => row.Name, "coalesce(actor.name, '')")
            .Read(row => row.AvatarUrl, "coalesce(actor.avatar_url, '')")
            .Read(row => row.Email, "coalesce(actor.email, '')")
            .Read(row => row.UserStatus, "coalesce(actor.status, '')")
            .Read(row => row.LoginType, "coalesce(actor.login_type, '')")
            .Read(row => row.IsServiceAccount, "coalesce(actor.is_service_account, false)")
            .Read(row => row.SiteRoles, "coalesce(actor.site_roles, '{}')")
            .Read(row => row.UserCreatedAt, "actor.created_at")
            .Read(row => row.UserUpdatedAt, "actor.updated_at")
            .Read(row => row.LastSeenAt, "nullif(actor.last_seen_at, '-infinity')")
            .Read(row => row.OrganizationName, "organization.name")
            .Read(row => row.OrganizationDisplayName, "organization.display_name")
            .Read(row => row.IsDeleted, SqlIsDeleted))
    {
        PageFrom = new PageSource(Alone, new HashSet<string>
        {
            nameof(AuditLogRow.Id),
            nameof(AuditLogRow.At),
            nameof(AuditLogRow.ActorId),
            nameof(AuditLogRow.Action),
            nameof(AuditLogRow.ResourceType),
            nameof(AuditLogRow.ResourceId),
            nameof(AuditLogRow.Target),
            nameof(AuditLogRow.OrganizationId),
            nameof(AuditLogRow.Status),
            nameof(AuditLogRow.RequestId),
        }),
        Cursor = new CursorSource("contracts.audit_logs c where c.id = @cursor", new Dictionary<string, string>
        {
            [nameof(AuditLogRow.At)] = "c.at",
            [nameof(AuditLogRow.Id)] = "c.id",
        }),
    };

    // Keys and seats stand under the id of their user. What no view of another module shows is gone when the log says so.
    private const string SqlIsDeleted =
        """
        case
            when l.resource_id is null or l.resource_type in ('api_key', 'ai_seat') then false
            when l.resource_type = 'user' then exists (select from contracts.users u where u.id = l.resource_id and u.deleted)
            when l.resource_type = 'organization' then exists (select from contracts.organizations o where o.id = l.resource_id and o.deleted)
            when l.resource_type = 'organization_member' then not exists (select from contracts.organization_members m where m.organization_id = l.organization_id and m.user_id = l.resource_id)
            when l.resource_type = 'custom_role' then not exists (select from contracts.custom_roles r where r.id = l.resource_id)
            else exists (select from contracts.audit_logs d where d.resource_id = l.resource_id and d.resource_type = l.resource_type and d.action = 'delete' and d.status < 400)
        end
        """;
}
