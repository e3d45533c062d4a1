using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class GetMemberEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/members/{user}",
            (string organization, string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetMemberQuery(organization, user), ct).Ok())
        .For<GetMemberQuery>("get-organization-member", "Answers a member of an organization, with data of the user.")
        .Produces<OrganizationMemberWithUserData>()
        .Tagged();
}

[RequiresPermissionOnUser(ResourceType.OrganizationMember, PermissionAction.Read)]
internal sealed record GetMemberQuery(string Organization, string User) : IQuery<OrganizationMemberWithUserData>, IOrganizationRequest, IUserRequest;

internal sealed class GetMemberHandler(IReadStore<MemberRow> members, CurrentUser user, CurrentOrganization organization, MemberResponses responses)
    : IQueryHandler<GetMemberQuery, OrganizationMemberWithUserData>
{
    public async Task<Result<OrganizationMemberWithUserData>> Handle(GetMemberQuery request, CancellationToken cancellationToken)
    {
        if (await members.SingleOrDefaultAsync(new MemberOf(organization.Id, user.Id), cancellationToken) is not { } row)
            return Error.UserNotFound;
        return await responses.ToResponseAsync(row, cancellationToken);
    }
}
