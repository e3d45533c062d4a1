using Monolith.Roles.Contracts;

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
internal sealed class OrganizationReader(Db<MembersModule> db, IDefaultRoles defaults)
{
    /// <summary>Those that <paramref name="visible"/> lets through: the default one, which scripts take for the first, then by name.</summary>
    public Task<IReadOnlyList<Organization>> ListAsync(VisibleRows visible, CancellationToken cancellationToken) =>
        ReadAsync(All, visible, null, cancellationToken);

    /// <summary>As <see cref="ListAsync"/>, and only those that one user belongs to.</summary>
    public Task<IReadOnlyList<Organization>> ListOfUserAsync(VisibleRows visible, Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(OfUser, visible, userId, cancellationToken);

    public async Task<Organization?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.SingleOrDefaultAsync<OrganizationRow>(Find, new { id }, cancellationToken) is { } row ? ToWire(row) : null;

    public Organization ToWire(OrganizationRow row) => new(
        row.Id,
        row.Name,
        row.DisplayName,
        row.Description,
        row.Icon,
        row.IsDefault,
        row.CreatedAt,
        row.UpdatedAt,
        defaults.Shown(row.DefaultOrgMemberRoles));

    private async Task<IReadOnlyList<Organization>> ReadAsync(string sql, VisibleRows visible, Guid? userId, CancellationToken cancellationToken) =>
        [.. (await db.QueryAsync<OrganizationRow>(
            sql,
            new
            {
                everything = visible.Everything,
                organizations = visible.Organizations.ToArray(),
                ids = visible.Ids?.ToArray(),
                user_id = userId,
            },
            cancellationToken)).Select(ToWire)];

    private const string Visible =
        """
        not o.deleted
          and (@everything or o.id = any (@organizations))
          and (@ids::uuid[] is null or o.id = any (@ids))
        order by not o.is_default, o.name_folded
        """;

    private const string All =
        $"""
        select {OrganizationRow.Columns}
        from members.organizations o
        where {Visible}
        """;

    private const string OfUser =
        $"""
        select {OrganizationRow.Columns}
        from members.organization_members m
        join members.organizations o on o.id = m.organization_id
        where m.user_id = @user_id
          and {Visible}
        """;

    private const string Find =
        $"""
        select {OrganizationRow.Columns}
        from members.organizations o
        where o.id = @id and not o.deleted
        """;
}

/// <summary>An organization as stored.</summary>
internal sealed record OrganizationRow
{
    public const string Columns =
        "o.id, o.name, o.display_name, o.description, o.icon, o.is_default, o.created_at, o.updated_at, o.default_org_member_roles";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    public bool IsDefault { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string[] DefaultOrgMemberRoles { get; init; } = [];
}
