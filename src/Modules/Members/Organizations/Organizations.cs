using Monolith.BuildingBlocks.Data;

namespace Monolith.Members.Organizations;

/// <summary>An organization on the wire.</summary>
internal sealed record Organization(
    Guid Id,
    string Name,
    string DisplayName,
    string Description,
    string Icon,
    bool IsDefault,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> DefaultOrgMemberRoles);

/// <summary>Reads organizations for answers.</summary>
internal sealed class OrganizationReader(Db db)
{
    /// <summary>All that are not deleted, or those that one user belongs to, by name.</summary>
    public async Task<IReadOnlyList<Organization>> ListAsync(Guid? memberId, CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<Row>(Sql, new { member_id = memberId, id = (Guid?)null }, cancellationToken)).Select(row => row.ToWire())];

    public async Task<Organization?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<Row>(Sql, new { member_id = (Guid?)null, id }, cancellationToken))?.ToWire();

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string DisplayName { get; init; } = "";

        public string Description { get; init; } = "";

        public string Icon { get; init; } = "";

        public bool IsDefault { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public string[] DefaultOrgMemberRoles { get; init; } = [];

        public Organization ToWire() =>
            new(Id, Name, DisplayName, Description, Icon, IsDefault, CreatedAt, UpdatedAt, [.. DefaultOrgMemberRoles.Where(role => role != "agents-access")]);
    }

    private const string Sql =
        """
        select o.id, o.name, o.display_name, o.description, o.icon, o.is_default, o.created_at, o.updated_at, o.default_org_member_roles
        from members.organizations o
        where not o.deleted
          and (@id::uuid is null or o.id = @id)
          and (@member_id::uuid is null or exists (
              select 1 from members.organization_members m where m.organization_id = o.id and m.user_id = @member_id))
        order by o.name_folded
        """;
}
