using Monolith.Members.Directory;
using Monolith.Members.Organizations;

namespace Monolith.Members.Dashboard.Organizations;

/// <summary>The organizations that the caller may read, with how many members each has, and how many of them hold an AI seat. Both are kept, not counted.</summary>
[RequiresPermissionOnRows(ResourceType.Organization, PermissionAction.Read)]
internal sealed record ListOrganizationFiguresQuery : IQuery<IReadOnlyList<OrganizationFigures>>;

/// <param name="Organization">The organization.</param>
/// <param name="Members">Null where the caller may not read the members.</param>
/// <param name="Holders">As <paramref name="Members"/>; 0 while the feature is not usable.</param>
internal sealed record OrganizationFigures(Organization Organization, long? Members, long? Holders);

internal sealed class ListOrganizationFiguresHandler(Db<MembersModule> db, OrganizationReader organizations, SeatFeature seats, ICaller caller)
    : IQueryHandler<ListOrganizationFiguresQuery, IReadOnlyList<OrganizationFigures>>
{
    public async Task<Result<IReadOnlyList<OrganizationFigures>>> Handle(ListOrganizationFiguresQuery request, CancellationToken cancellationToken)
    {
        var listed = await organizations.ListAsync(caller.Subject.Visible(PermissionAction.Read, ResourceType.Organization), cancellationToken);
        var counts = (await db.QueryAsync<(Guid Id, long Members, long Holders)>(Counts, new { ids = listed.Select(one => one.Id).ToArray() }, cancellationToken))
            .ToDictionary(count => count.Id);
        return listed.Select(Figures).ToList();

        OrganizationFigures Figures(Organization one) => MayCount(one) && counts.GetValueOrDefault(one.Id) is var count
            ? new(one, count.Members, seats.IsUsable ? count.Holders : 0)
            : new(one, null, null);
    }

    private bool MayCount(Organization organization) => caller.Can(PermissionAction.Read, ResourceObject.In(ResourceType.OrganizationMember, organization.Id));

    private const string Counts =
        """
        select kept.organization_id, kept.members, coalesce(seats.holders, 0) as holders
        from members.organization_counts kept
        left join contracts.organization_ai_seat_counts seats on seats.organization_id = kept.organization_id
        where kept.organization_id = any (@ids)
        """;
}
