using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class ListMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/members",
            (string organization, string? q, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListMembersQuery(organization, q), ct).AsArray())
        .For<ListMembersQuery>("list-organization-members", "Lists the members of an organization that the caller may read.")
        .Searches(MemberSearch.Terms)
        .Produces<IReadOnlyList<OrganizationMemberWithUserData>>()
        .Fails(400);
}

[RequiresPermissionOnRows(ResourceType.OrganizationMember, PermissionAction.Read)]
[NothingToValidate("The search text is parsed in the handler, which names every bad key.")]
internal sealed record ListMembersQuery(string Organization, string? Q) : IQuery<RowStream<OrganizationMemberWithUserData>>, IOrganizationRequest;

internal sealed class ListMembersHandler(IReadStore<MemberRow> members, ICaller caller, CurrentOrganization organization, MemberResponses responses)
    : IQueryHandler<ListMembersQuery, RowStream<OrganizationMemberWithUserData>>
{
    public Task<Result<RowStream<OrganizationMemberWithUserData>>> Handle(ListMembersQuery request, CancellationToken cancellationToken)
    {
        var filter = MemberSearch.Parse(request.Q);
        return Task.FromResult<Result<RowStream<OrganizationMemberWithUserData>>>(filter.IsSuccess ? Stream(filter.Value) : filter.Error);
    }

    private RowStream<OrganizationMemberWithUserData> Stream(MemberFilter filter)
    {
        var visible = caller.Readable(
            ResourceObject.In(ResourceType.OrganizationMember, organization.Id), ResourceObject.Membership(organization.Id, caller.UserId));
        return members.Stream(new MembersOfOrganization(organization.Id, filter, visible)).Select(responses.ToResponsesAsync);
    }
}

/// <summary>All members that the caller may see, in display order.</summary>
internal sealed class MembersOfOrganization : Specification<MemberRow>
{
    public MembersOfOrganization(Guid organizationId, MemberFilter filter, RowVisibility visible) => Query
        .Where(member => member.OrganizationId == organizationId)
        .VisibleTo(visible, member => member.UserId)
        .Where(member => member.UserId == filter.UserId, filter.UserId is not null)
        .Where(member => member.GithubUserId == filter.GithubUserId, filter.GithubUserId is not null and not 0)
        .Where(member => !member.IsSystem, !filter.IncludeSystem)
        .OrderBy(member => member.SortName);
}
