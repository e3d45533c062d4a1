namespace Monolith.Members.Directory;

/// <summary>How a route names an organization: a uuid, a name in any case, or <c>default</c>.</summary>
internal readonly record struct OrganizationReference(Guid? Id, string? Name, bool IsDefault)
{
    public static OrganizationReference Parse(string? text) =>
        text is null ? default
        : text == "default" ? new(null, null, true)
        : Guid.TryParseExact(text, "D", out var id) ? new(id, null, false)
        : new(null, text.ToLowerInvariant(), false);
}

/// <summary>Finds organizations; remembers the one that the session query already brought.</summary>
internal sealed class OrganizationDirectory(Db<MembersModule> db) : IOrganizationDirectory
{
    private (string Reference, OrganizationInfo? Found)? _remembered;

    public void Remember(string reference, OrganizationInfo? found) => _remembered = (reference, found);

    public async ValueTask<OrganizationInfo?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        if (_remembered is { } known && known.Reference == reference)
            return known.Found;
        var target = OrganizationReference.Parse(reference);
        var row = await db.SingleOrDefaultAsync<Row>(
            Sql,
            new { organization_id = target.Id, organization_name = target.Name, is_default = target.IsDefault },
            cancellationToken);
        return row is null ? null : new OrganizationInfo(row.Id, row.Name, row.DisplayName, row.IsDefault, row.DefaultMemberRoles);
    }

    // A record's constructor cannot take an array column.
    private sealed class Row
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string DisplayName { get; init; }

        public required bool IsDefault { get; init; }

        public required string[] DefaultMemberRoles { get; init; }
    }

    private const string Sql =
        """
        select id, name, display_name, is_default, default_org_member_roles as default_member_roles
        from members.organizations
        where not deleted
          and (id = @organization_id or name_folded = @organization_name or (@is_default and is_default))
        """;
}
