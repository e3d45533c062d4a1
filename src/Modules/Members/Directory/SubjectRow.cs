using System.Text.Json;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>The columns that a subject is made of.</summary>
internal abstract class SubjectRow
{
    public required Guid UserId { get; init; }

    public required string Status { get; init; }

    public required bool IsServiceAccount { get; init; }

    public required string[] SiteRoles { get; init; }

    public string? Memberships { get; init; }

    public string? CustomRoles { get; init; }

    /// <summary>For a query over <c>members.users u</c>.</summary>
    protected internal const string Columns =
        $"""
        {ColumnsWithoutCustomRoles},
            (select json_agg(json_build_object('organization_id', c.organization_id, 'name', c.name, 'id', c.id, 'version', c.version) order by c.organization_id, c.name)::text
             from members.organization_members m
             join contracts.custom_roles c on c.organization_id = m.organization_id and c.name = any (m.roles)
             where m.user_id = u.id and cardinality(m.roles) > 0) as custom_roles
        """;

    /// <summary>As <see cref="Columns"/>, of a user whose memberships name no role: custom roles are found by those names.</summary>
    protected internal const string ColumnsWithoutCustomRoles =
        """
            u.id as user_id,
            u.status,
            u.is_service_account,
            u.site_roles,
            (select json_agg(json_build_object('organization_id', m.organization_id, 'roles', m.roles, 'default_roles', o.default_org_member_roles, 'sharing', o.shareable_workspace_owners) order by m.organization_id)::text
             from members.organization_members m
             join members.organizations o on o.id = m.organization_id and not o.deleted
             where m.user_id = u.id) as memberships
        """;

    public SubjectFacts ToFacts(IReadOnlyList<string> scopes, IReadOnlyList<string>? allowList = null) => new(
        UserId,
        IsServiceAccount,
        SiteRoles,
        Read<List<MembershipFacts>>(Memberships) ?? [],
        Read<List<CustomRoleFacts>>(CustomRoles) ?? [],
        scopes,
        allowList);

    protected static T? Read<T>(string? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, WireJson.Options);
}
