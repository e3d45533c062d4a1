using Dapper;
using Monolith.Groups.Directory;
using Monolith.Members.Contracts;

namespace Monolith.Groups.Roster;

/// <summary>
/// Answers the key <c>group</c> of the search of users and members: by name in any case, or by id. Names become ids first, so that the planner knows how large a group is.
/// The statement runs with the rights of the list and reads <c>contracts</c> only.
/// </summary>
internal sealed class GroupKey(Db<GroupsModule> db, IFeatureGate features, GroupAccess access) : IUserFinder
{
    private static readonly RowSet Nobody = new("select null::uuid where false", new { });

    /// <summary>The key with its finder.</summary>
    public static UserFilterKey Key { get; } = new("group", services => services.GetRequiredService<GroupKey>());

    public async Task<RowSet> FindAsync(IReadOnlyList<string> values, Guid? organizationId, CancellationToken cancellationToken)
    {
        // As for seats: what the deployment may not use holds for nobody.
        if (features.Check(GroupsModule.Feature) is not null)
            return Nobody;
        var ids = values.Select(value => Guid.TryParseExact(value, "D", out var id) ? id : default).Where(id => id != default).ToArray();
        var names = values.ToArray();
        var everybody = values.Contains(GroupRow.EverybodyName.ToLowerInvariant());
        var found = await db.QueryAsync<Found>(Find, new { ids, names, everybody, place = organizationId }, cancellationToken);
        var parts = new List<string>(2);
        var seen = access.Members();
        var condition = seen.IsAll ? "" : $"\n  and {MembershipVisibility.Condition}";
        if (found.Any(group => !group.IsEverybody))
            parts.Add(OfGroups + condition);
        if (found.Any(group => group.IsEverybody))
            parts.Add(OfOrganizations + condition);
        if (parts.Count == 0)
            return Nobody;
        var parameters = seen.IsAll ? new DynamicParameters() : seen.Parameters();
        parameters.AddDynamicParams(new { in_groups = Ids(found, false), in_organizations = Ids(found, true) });
        return new RowSet(string.Join("\nunion all\n", parts), parameters);
    }

    private static Guid[] Ids(IEnumerable<Found> found, bool everybody) => [.. found.Where(group => group.IsEverybody == everybody).Select(group => group.Id)];

    private sealed record Found(Guid Id, bool IsEverybody);

    private const string Find =
        """
        select id, false as is_everybody
        from groups.groups
        where (id = any (@ids) or name_folded = any (@names))
          and (@place::uuid is null or organization_id = @place)
        union all
        select id, true
        from contracts.organizations
        where not deleted
          and (id = any (@ids) or @everybody)
          and (@place::uuid is null or id = @place)
        """;

    private const string OfGroups =
        """
        select m.user_id
        from contracts.group_members m
        where m.group_id = any (@in_groups)
        """;

    private const string OfOrganizations =
        """
        select m.user_id
        from contracts.organization_members m
        where m.organization_id = any (@in_organizations)
        """;
}
