using System.Linq.Expressions;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class ListMembersPageEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/paginated-members",
            (string organization, string? q, ListParameters list, string? sort, string? dir, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListMembersPageQuery(organization, q, list.Page, new OrderRequest(sort, dir)), ct)
                    .AsPage(WireJson.Name(nameof(MemberPage.Members)), list.Format, MemberFile.Table))
        .For<ListMembersPageQuery>("paginated-organization-members", "Lists the members of an organization, a page at a time or as CSV.")
        .Searches(UserSearch.MemberTermsWith(app.ServiceProvider.GetServices<UserFilterKey>()))
        .WithMetadata(new EstimatesCount())
        .Produces<MemberPage>();
}

[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Read, HideRefusal = true)]
internal sealed record ListMembersPageQuery(string Organization, string? Q, PageRequest Page, OrderRequest Order)
    : IQuery<ListResult<OrganizationMemberWithUserData>>, IOrganizationRequest, IUserList;

/// <summary>A page of members. <c>count</c> is the number that match, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record MemberPage(IReadOnlyList<OrganizationMemberWithUserData> Members, long? Count);

internal sealed class ListMembersPageValidator : AbstractValidator<ListMembersPageQuery>
{
    public ListMembersPageValidator(UserListValidator list) => Include(list);
}

internal sealed class ListMembersPageHandler(
    IReadStore<MemberRow> members, CurrentOrganization organization, ICaller caller, UserListSearch search, MemberResponses responses)
    : IQueryHandler<ListMembersPageQuery, ListResult<OrganizationMemberWithUserData>>
{
    public async Task<Result<ListResult<OrganizationMemberWithUserData>>> Handle(ListMembersPageQuery request, CancellationToken cancellationToken)
    {
        var filter = await search.MembersAsync(request.Q, organization.Value, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var window = request.Page.Window;
        if (window.AfterId is { } after && !await SeesAsync(after, cancellationToken))
            return Page<OrganizationMemberWithUserData>.Empty;

        var wanted = new MemberPageSpecification(organization.Id, filter.Value, window, request.Order);
        if (!window.IsPage)
            return members.Stream(wanted).Select(responses.ToResponsesAsync);
        var page = await members.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(responses.ToResponsesAsync, cancellationToken);
    }

    // Somebody who may not read users sees the members of the organization.
    private async Task<bool> SeesAsync(Guid user, CancellationToken cancellationToken) =>
        caller.Can(PermissionAction.Read, ResourceObject.User(user)) || await members.SingleOrDefaultAsync(new MemberOf(organization.Id, user), cancellationToken) is not null;
}

/// <summary>Members by the filters, orders and pages that the users list has, and by role.</summary>
internal sealed class MemberPageSpecification : Specification<MemberRow>
{
    public MemberPageSpecification(Guid organizationId, OrganizationMemberFilter filter, PageWindow window, OrderRequest order)
    {
        Query.Where(member => member.OrganizationId == organizationId && !member.IsSystem);
        filter.Restrict(Query);
        foreach (var set in filter.User.Within)
            Query.Within(member => member.UserId, set);
        Query.Page(order, filter.User, window, User);
        Query.KeepPlan(UserListOrder.IsWalk(order, filter.WholeGroup, window));
        Query.SkipFrom(Milestones.Near(organizationId, order, filter.WholeGroup, window));
        if (window.AfterId is null)
            Query.CountBy(filter.WholeGroup.Maintained(CountAll, CountHolders, new { organization_id = organizationId }));
    }

    private static readonly Expression<Func<MemberRow, object?>> User = member => member.UserId;

    private const string CountAll = "select members from members.organization_counts where organization_id = @organization_id";
    private const string CountHolders = "select coalesce((select holders from contracts.organization_ai_seat_counts where organization_id = @organization_id), 0)";
}

/// <summary>The members list as a file.</summary>
internal static class MemberFile
{
    public static CsvTable<OrganizationMemberWithUserData> Table { get; } = new("members.csv",
    [
        new("user_id", member => member.UserId),
        new("username", member => member.Username),
        new("name", member => member.Name),
        new("email", member => member.Email),
        new("status", member => member.Status),
        new("login_type", member => member.LoginType),
        new("is_service_account", member => member.IsServiceAccount),
        new("roles", member => string.Join(' ', member.Roles.Select(role => role.Name))),
        new("global_roles", member => string.Join(' ', member.GlobalRoles.Select(role => role.Name))),
        new("has_ai_seat", member => member.HasAiSeat, FeatureNames.AiGovernanceUserLimit),
        new("last_seen_at", member => member.LastSeenAt),
        new("created_at", member => member.CreatedAt),
    ]);
}
