using Monolith.Members.Organizations;

namespace Monolith.Members.Dashboard.Organizations;

/// <summary>The organizations that the caller may read, with how many members each has.</summary>
[RequiresPermissionOnRows(ResourceType.Organization, PermissionAction.Read)]
internal sealed record ListOrganizationFiguresQuery : IQuery<IReadOnlyList<OrganizationFigures>>;

/// <param name="Organization">The organization.</param>
/// <param name="Members">Null where the caller may not read the members.</param>
internal sealed record OrganizationFigures(Organization Organization, long? Members);

internal sealed class ListOrganizationFiguresHandler(Db<MembersModule> db, OrganizationReader organizations, ICaller caller)
    : IQueryHandler<ListOrganizationFiguresQuery, IReadOnlyList<OrganizationFigures>>
{
    public async Task<Result<IReadOnlyList<OrganizationFigures>>> Handle(ListOrganizationFiguresQuery request, CancellationToken cancellationToken)
    {
        var listed = await organizations.ListAsync(caller.Subject.Visible(PermissionAction.Read, ResourceType.Organization), cancellationToken);
        var counts = (await db.QueryAsync<(Guid Id, long Members)>(Counts, new { ids = listed.Select(one => one.Id).ToArray() }, cancellationToken))
            .ToDictionary(count => count.Id, count => count.Members);
        return listed.Select(one => new OrganizationFigures(one, MayCount(one) ? counts.GetValueOrDefault(one.Id) : null)).ToList();
    }

    private bool MayCount(Organization organization) => caller.Can(PermissionAction.Read, ResourceObject.In(ResourceType.OrganizationMember, organization.Id));

    private const string Counts =
        """
        select organization_id, members
        from members.organization_counts
        where organization_id = any (@ids)
        """;
}
