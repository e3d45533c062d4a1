using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;
using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Data;
using Monolith.Members.Search;
using Monolith.Members.Users;

namespace Monolith.Members.Memberships;

internal sealed class ListMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/organizations/{organization}/members",
            (string organization, string? q, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListMembersQuery(organization, q), ct).AsArray())
        .WithName("list-organization-members")
        .WithTags("Members")
        .Searches(MemberSearch.Terms)
        .Produces<IReadOnlyList<OrganizationMemberWithUserData>>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(404);
}

[RequiresPermissionOnRows(ResourceType.OrganizationMember, PermissionAction.Read)]
[NothingToValidate("The search text is parsed in the handler, which names every bad key.")]
internal sealed record ListMembersQuery(string Organization, string? Q) : IQuery<Listing<OrganizationMemberWithUserData>>, IOrganizationRequest;

internal sealed class ListMembersHandler(IReadStore<MemberRow> members, ICaller caller, CurrentOrganization organization, MemberEnrichment enrichment)
    : IQueryHandler<ListMembersQuery, Listing<OrganizationMemberWithUserData>>
{
    public Task<Result<Listing<OrganizationMemberWithUserData>>> Handle(ListMembersQuery request, CancellationToken cancellationToken)
    {
        var filter = MemberSearch.Parse(request.Q);
        return Task.FromResult<Result<Listing<OrganizationMemberWithUserData>>>(filter.IsSuccess ? List(filter.Value) : filter.Error);
    }

    private Listing<OrganizationMemberWithUserData> List(MemberFilter filter)
    {
        var onlyUser = caller.OnlyUser(
            ResourceObject.In(ResourceType.OrganizationMember, organization.Id), ResourceObject.Membership(organization.Id, caller.UserId));
        return members
            .List(new MembersOfOrganization(organization.Id, filter, onlyUser))
            .Select(enrichment.AnswerAsync);
    }
}
