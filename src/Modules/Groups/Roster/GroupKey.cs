using Monolith.Groups.Directory;
using Monolith.Members.Contracts;

namespace Monolith.Groups.Roster;

/// <summary>The key <c>group</c> of the search of users and members: by name in any case, or by id. The statement runs with the rights of the list and reads <c>contracts</c> only.</summary>
internal sealed class GroupKey(IFeatureGate features) : IUserFilterKey
{
    private static readonly RowSet Nobody = new("select null::uuid where false", new { });

    public string Key => "group";

    public RowSet Find(IReadOnlyList<string> values, Guid? organizationId, ICaller caller)
    {
        // As for seats: what the deployment may not use holds for nobody.
        if (features.Check(GroupsModule.Feature) is not null)
            return Nobody;
        var parameters = new MembershipVisibility(caller.Subject.Visible(PermissionAction.Read, ResourceType.GroupMember), caller.UserId).Parameters();
        parameters.AddDynamicParams(new
        {
            group_ids = values.Select(value => Guid.TryParseExact(value, "D", out var id) ? id : default).Where(id => id != default).ToArray(),
            group_names = values.ToArray(),
            group_of_everybody = values.Contains(GroupRow.EverybodyName.ToLowerInvariant()),
            group_place = organizationId,
        });
        return new RowSet(Members, parameters);
    }

    private const string Members =
        $"""
        select m.user_id
        from contracts.group_members m
        where m.group_id in (
            select g.id
            from contracts.groups g
            where (g.id = any (@group_ids) or g.name_folded = any (@group_names))
              and (@group_place::uuid is null or g.organization_id = @group_place))
          and {MembershipVisibility.Condition}
        union all
        select m.user_id
        from contracts.organization_members m
        where (@group_of_everybody or m.organization_id = any (@group_ids))
          and (@group_place::uuid is null or m.organization_id = @group_place)
          and {MembershipVisibility.Condition}
        """;
}
