using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Search;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

internal sealed class ListMembersPageEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/organizations/{organization}/paginated-members",
            (string organization, string? q, string? limit, string? offset, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "after_id")] string? afterId, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListMembersPageQuery(organization, q, new PageRequest(limit, offset, afterId)), ct).Ok())
        .WithName("paginated-organization-members")
        .WithTags("Members")
        .Produces<MemberPage>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(404);
}

[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Read, HideRefusal = true)]
internal sealed record ListMembersPageQuery(string Organization, string? Q, PageRequest Page) : IQuery<MemberPage>, IOrganizationRequest;

/// <summary>A page of members. <c>count</c> is the number that match, whatever the page; 0 when the page is empty.</summary>
internal sealed record MemberPage(IReadOnlyList<OrganizationMemberWithUserData> Members, long Count);

internal sealed class ListMembersPageValidator : AbstractValidator<ListMembersPageQuery>
{
    public ListMembersPageValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListMembersPageHandler(MemberPageReader members, CurrentOrganization organization, AiSeatEnrichment seats, IRoleNames roles)
    : IQueryHandler<ListMembersPageQuery, MemberPage>
{
    public async Task<Result<MemberPage>> Handle(ListMembersPageQuery request, CancellationToken cancellationToken)
    {
        var filter = UserSearch.Parse(request.Q);
        if (!filter.IsSuccess)
            return filter.Error;
        var page = await members.ReadAsync(organization.Id, filter.Value, request.Page.ToPage(), cancellationToken);
        var holders = await seats.HoldersAmongAsync([.. page.Rows.Select(row => row.UserId)], cancellationToken);
        return new MemberPage([.. page.Rows.Select(row => OrganizationMemberWithUserData.From(row, roles, holders))], page.Count);
    }
}
