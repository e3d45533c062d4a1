namespace Monolith.Groups.Directory;

/// <summary>A group as lists and single answers read it: a stored one, or the group of everybody, which is its organization.</summary>
internal sealed record GroupRow
{
    /// <summary>What the group of everybody is called.</summary>
    public const string EverybodyName = "Everyone";

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public string OrganizationName { get; init; } = "";

    public string OrganizationDisplayName { get; init; } = "";

    public required string Name { get; init; }

    public string NameFolded { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string DisplayNameFolded { get; init; } = "";

    public string AvatarUrl { get; init; } = "";

    public int QuotaAllowance { get; init; }

    public string Source { get; init; } = "user";

    public long Members { get; init; }

    /// <summary>Another one whenever the members are; always 0 of everybody.</summary>
    public long Version { get; init; }

    public bool IsEverybody => Id == OrganizationId;

    public ResourceObject ToObject(AccessList? acl = null) => new(ResourceType.Group, Id, OrganizationId, Acl: acl);
}

internal static class GroupMap
{
    // Both halves have the same types to the letter: else the planner looks into neither by name.
    public static TableMap<GroupRow> Table { get; } = new(
        """
        (
            select
                stored.id, stored.organization_id, stored.name, stored.name_folded, stored.display_name, stored.display_name_folded,
                stored.avatar_url, stored.quota_allowance, stored.source, kept.members, kept.version
            from groups.groups stored
            join groups.group_counts kept on kept.group_id = stored.id
            union all
            select
                everybody.id, everybody.id, 'Everyone'::text collate "C", 'everyone'::text collate "C", ''::text, ''::text collate "C",
                coalesce(said.avatar_url, ''), coalesce(said.quota_allowance, 0), 'user'::text, coalesce(kept.members, 0::bigint), 0::bigint
            from contracts.organizations everybody
            left join groups.everybody said on said.organization_id = everybody.id
            left join contracts.organization_counts kept on kept.organization_id = everybody.id
        ) g
        join contracts.organizations o on o.id = g.organization_id and not o.deleted
        """,
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "g.id")
            .Read(row => row.OrganizationId, "g.organization_id")
            .Read(row => row.OrganizationName, "o.name")
            .Read(row => row.OrganizationDisplayName, "o.display_name")
            .Read(row => row.Name, "g.name")
            .FilterBy(row => row.NameFolded, "g.name_folded")
            .Read(row => row.DisplayName, "g.display_name")
            .FilterBy(row => row.DisplayNameFolded, "g.display_name_folded")
            .Read(row => row.AvatarUrl, "g.avatar_url")
            .Read(row => row.QuotaAllowance, "g.quota_allowance")
            .Read(row => row.Source, "g.source")
            .Read(row => row.Members, "g.members")
            .Read(row => row.Version, "g.version"))
    {
        Cursor = new CursorSource(
            """
            (
                select id, name_folded from groups.groups
                union all
                select id, 'everyone'::text collate "C" from contracts.organizations where not deleted
            ) c where c.id = @cursor
            """,
            new Dictionary<string, string> { [nameof(GroupRow.NameFolded)] = "c.name_folded", [nameof(GroupRow.Id)] = "c.id" }),
    };
}

internal sealed class GroupById : SingleResultSpecification<GroupRow>
{
    public GroupById(Guid id) => Query.Where(group => group.Id == id);
}

/// <summary>By its name in its case.</summary>
internal sealed class GroupByName : SingleResultSpecification<GroupRow>
{
    public GroupByName(Guid organizationId, string name) => Query.Where(group => group.OrganizationId == organizationId && group.Name == name);
}
