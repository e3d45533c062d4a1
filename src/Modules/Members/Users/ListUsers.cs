using System.Linq.Expressions;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Users;

internal sealed class ListUsersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users",
            (string? q, ListParameters list, string? sort, string? dir, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListUsersQuery(q, list.Page, new OrderRequest(sort, dir)), ct)
                    .AsPage(WireJson.Name(nameof(UserPage.Users)), list.Format, UserFile.Table))
        .For<ListUsersQuery>("get-users", "Lists the users whom the caller may read, a page at a time or as CSV.")
        .Searches(UserSearch.TermsWith(app.ServiceProvider.GetServices<UserFilterKey>()))
        .WithMetadata(new EstimatesCount())
        .Produces<UserPage>();
}

[RequiresPermissionOnRows(ResourceType.User, PermissionAction.Read)]
internal sealed record ListUsersQuery(string? Q, PageRequest Page, OrderRequest Order) : IQuery<ListResult<User>>, IUserList;

/// <summary>A page of users. <c>count</c> is the number that match, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record UserPage(IReadOnlyList<User> Users, long? Count);

internal sealed class ListUsersValidator : AbstractValidator<ListUsersQuery>
{
    public ListUsersValidator(UserListValidator list) => Include(list);
}

internal sealed class ListUsersHandler(IReadStore<UserRow> users, ICaller caller, UserListSearch search, UserResponses responses)
    : IQueryHandler<ListUsersQuery, ListResult<User>>
{
    public async Task<Result<ListResult<User>>> Handle(ListUsersQuery request, CancellationToken cancellationToken)
    {
        var filter = await search.UsersAsync(request.Q, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var window = request.Page.Window;
        if (window.AfterId is { } after && !caller.Can(PermissionAction.Read, ResourceObject.User(after)))
            return Page<User>.Empty;

        var visible = caller.Readable(ResourceObject.All(ResourceType.User), ResourceObject.User(caller.UserId));
        var wanted = new UserPageSpecification(filter.Value, window, request.Order, visible);
        if (!window.IsPage)
            return users.Stream(wanted).Select(responses.ToResponsesAsync);
        var page = await users.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(responses.ToResponsesAsync, cancellationToken);
    }
}

internal sealed class UserPageSpecification : Specification<UserRow>
{
    public UserPageSpecification(UserFilter filter, PageWindow window, OrderRequest order, RowVisibility visible)
    {
        Query
            .Where(IsThere)
            .VisibleTo(visible, VisibleBy);
        filter.Restrict(Query);
        foreach (var set in filter.Within)
            Query.Within(user => user.Id, set);
        Query.Page(order, filter, window, Id);
        Query.KeepPlan(visible.IsAll && UserListOrder.IsWalk(order, filter.WholeGroup, window));
        Query.SkipFrom(visible.IsAll ? Milestones.Near(Milestones.Users, order, filter.WholeGroup, window) : null);
        if (visible.IsAll && window.AfterId is null)
            Query.CountBy(filter.WholeGroup.Maintained(CountAll, CountHolders, new { }));
    }

    private static readonly Expression<Func<UserRow, bool>> IsThere = user => !user.Deleted && !user.IsSystem;
    private static readonly Expression<Func<UserRow, Guid>> VisibleBy = user => user.Id;
    private static readonly Expression<Func<UserRow, object?>> Id = user => user.Id;

    private const string CountAll = "select users from members.user_count";
    private const string CountHolders = "select holders from contracts.ai_seat_counts";
}

/// <summary>The users list as a file.</summary>
internal static class UserFile
{
    public static CsvTable<User> Table { get; } = new("users.csv",
    [
        new("id", user => user.Id),
        new("username", user => user.Username),
        new("name", user => user.Name),
        new("email", user => user.Email),
        new("status", user => user.Status),
        new("login_type", user => user.LoginType),
        new("is_service_account", user => user.IsServiceAccount),
        new("roles", user => string.Join(' ', user.Roles.Select(role => role.Name))),
        new("has_ai_seat", user => user.HasAiSeat, FeatureNames.AiGovernanceUserLimit),
        new("last_seen_at", user => user.LastSeenAt),
        new("created_at", user => user.CreatedAt),
    ]);
}
