using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Results;
using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Data;
using Monolith.Members.Memberships;
using Monolith.Members.Search;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

internal sealed class ListUsersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users",
            (string? q, string? limit, string? offset, [FromQuery(Name = "after_id")] string? afterId, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListUsersQuery(q, new PageRequest(limit, offset, afterId)), ct).Ok())
        .WithName("get-users")
        .WithTags("Users")
        .Produces<UserPage>()
        .Produces<ErrorBody>(400);
}

[RequiresSession("Rows are filtered to those whose user:read the caller holds.")]
internal sealed record ListUsersQuery(string? Q, PageRequest Page) : IQuery<UserPage>;

/// <summary>A page of users. <c>count</c> is the number that match, whatever the page; 0 when the page is empty.</summary>
internal sealed record UserPage(IReadOnlyList<User> Users, long Count);

internal sealed class ListUsersValidator : AbstractValidator<ListUsersQuery>
{
    public ListUsersValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListUsersHandler(IReadStore<UserRow> users, ICaller caller, ICursors cursors, AiSeatEnrichment seats, IRoleNames roles)
    : IQueryHandler<ListUsersQuery, UserPage>
{
    public async Task<Result<UserPage>> Handle(ListUsersQuery request, CancellationToken cancellationToken)
    {
        var filter = UserSearch.Parse(request.Q);
        if (!filter.IsSuccess)
            return filter.Error;
        var page = request.Page.ToPage();
        string? afterName = null;
        if (page.AfterId is { } after && (afterName = await cursors.SortNameAsync(after, cancellationToken)) is null)
            return new UserPage([], 0);

        var onlyUser = caller.OnlyUser(ResourceObject.All(ResourceType.User), ResourceObject.User(caller.UserId));
        var specification = new UserPageSpecification(filter.Value, page, afterName, onlyUser);
        var isUnfiltered = onlyUser is null && filter.Value.IsNone && afterName is null;
        var rows = await users.PageAsync(specification, isUnfiltered ? AllUsers : null, cancellationToken);
        var holders = await seats.HoldersAmongAsync([.. rows.Rows.Select(row => row.Id)], cancellationToken);
        return new UserPage([.. rows.Rows.Select(row => User.From(row, roles, holders))], rows.Count);
    }

    private static readonly KeptCount AllUsers = new(
        """
        select users
        from members.user_count
        """,
        new { });
}

internal sealed class UserPageSpecification : Specification<UserRow>
{
    public UserPageSpecification(UserFilter filter, Page page, string? afterName, Guid? onlyUser)
    {
        var onlyServiceAccounts = filter.IsServiceAccount == true;
        var onlyHolders = filter.HasAiSeat == true;
        Query
            .Where(user => !user.Deleted && !user.IsSystem)
            .Where(user => user.Id == onlyUser, onlyUser is not null)
            .Where(user => user.UsernameFolded.Contains(filter.SearchTerm!) || user.EmailFolded.Contains(filter.SearchTerm!), filter.SearchTerm is not null)
            .Where(user => user.NameFolded.Contains(filter.Name!), filter.Name is not null)
            .Where(user => filter.Statuses.Contains(user.Status), filter.Statuses.Count > 0)
            .Where(user => user.SiteRoles.Any(role => filter.Roles.Contains(role)), filter.Roles.Count > 0)
            .Where(user => filter.LoginTypes.Contains(user.LoginType), filter.LoginTypes.Count > 0)
            .Where(user => user.GithubUserId == filter.GithubUserId, filter.GithubUserId is not null and not 0)
            .Where(user => user.LastSeenAt <= filter.LastSeenBefore, filter.LastSeenBefore is not null)
            .Where(user => user.LastSeenAt >= filter.LastSeenAfter, filter.LastSeenAfter is not null)
            .Where(user => user.CreatedAt <= filter.CreatedBefore, filter.CreatedBefore is not null)
            .Where(user => user.CreatedAt >= filter.CreatedAfter, filter.CreatedAfter is not null)
            .Where(user => user.IsServiceAccount == onlyServiceAccounts, filter.IsServiceAccount is not null)
            .Where(user => user.HoldsSeat == onlyHolders, filter.HasAiSeat is not null)
            .Where(user => string.CompareOrdinal(user.UsernameFolded, afterName) > 0, afterName is not null)
            .OrderBy(user => user.UsernameFolded)
            .Skip(page.Offset);
        if (page.Limit > 0)
            Query.Take(page.Limit);
    }
}
