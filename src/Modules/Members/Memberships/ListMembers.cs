using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;
using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Data;
using Monolith.Members.Search;
using Monolith.Members.Users;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

internal sealed class ListMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/organizations/{organization}/members",
            (string organization, string? q, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListMembersQuery(organization, q), ct).Ok())
        .WithName("list-organization-members")
        .WithTags("Members")
        .Produces<IReadOnlyList<OrganizationMemberWithUserData>>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(404);
}

[RequiresSession("Rows are filtered to those whose organization_member:read the caller holds.")]
[NothingToValidate("The search text is parsed in the handler, which names every bad key.")]
internal sealed record ListMembersQuery(string Organization, string? Q) : IQuery<IReadOnlyList<OrganizationMemberWithUserData>>, IOrganizationRequest;

internal sealed class ListMembersHandler(
    IReadStore<MemberRow> members,
    ICaller caller,
    CurrentOrganization organization,
    AiSeatEnrichment seats,
    IRoleNames roles)
    : IQueryHandler<ListMembersQuery, IReadOnlyList<OrganizationMemberWithUserData>>
{
    public async Task<Result<IReadOnlyList<OrganizationMemberWithUserData>>> Handle(ListMembersQuery request, CancellationToken cancellationToken)
    {
        var filter = MemberSearch.Parse(request.Q);
        if (!filter.IsSuccess)
            return filter.Error;
        var onlyUser = caller.OnlyUser(
            ResourceObject.In(ResourceType.OrganizationMember, organization.Id), ResourceObject.Membership(organization.Id, caller.UserId));
        var rows = await members.ListAsync(
            new MembersOfOrganization(organization.Id, filter.Value, onlyUser),
            cancellationToken);
        var holders = await seats.HoldersAmongAsync([.. rows.Select(row => row.UserId)], cancellationToken);
        return rows.Select(row => OrganizationMemberWithUserData.From(row, roles, holders)).ToList();
    }
}
