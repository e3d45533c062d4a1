using Monolith.Groups.Directory;

namespace Monolith.Groups.Dashboard;

/// <summary>How many AI seats the members of a group hold, for those who may read all of them.</summary>
[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Read)]
[NothingToValidate("The authorizer finds the group.")]
internal sealed record CountGroupSeatsQuery(string Organization, string GroupName) : IQuery<GroupSeats>, IOrganizationRequest;

internal sealed record GroupSeats(long Held);

internal sealed class CountGroupSeatsAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<CountGroupSeatsQuery>
{
    public ValueTask<Error?> AuthorizeAsync(CountGroupSeatsQuery request, CancellationToken cancellationToken) => entrance.EnterNamedAsync(request.GroupName, cancellationToken);
}

internal sealed class CountGroupSeatsHandler(Db<GroupsModule> db, GroupAccess access, CurrentGroup current) : IQueryHandler<CountGroupSeatsQuery, GroupSeats>
{
    public async Task<Result<GroupSeats>> Handle(CountGroupSeatsQuery request, CancellationToken cancellationToken)
    {
        var group = current.Value;
        if (!access.MembersOf(group).IsAll)
            return Error.Forbidden;
        return new GroupSeats(await db.ScalarAsync<long>(group.IsEverybody ? CountEverybody : CountStored, new { id = group.Id }, cancellationToken));
    }

    private const string CountStored =
        """
        select count(*)
        from groups.group_members m
        join contracts.ai_seat_holders h on h.user_id = m.user_id
        where m.group_id = @id
        """;

    private const string CountEverybody = "select coalesce((select holders from contracts.organization_ai_seat_counts where organization_id = @id), 0)";
}
