using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Users;

namespace Monolith.Members.Dormancy;

internal sealed class ListAwayUsersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/dormancy/users",
            (string? days, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListAwayUsersQuery(new AwayDays(days), list.Page), ct)
                    .AsPage(WireJson.Name(nameof(UserPage.Users)), list.Format, UserFile.Table))
        .For<ListAwayUsersQuery>("list-users-to-become-dormant", "Lists the users who would become dormant now, a page at a time or as CSV; has_ai_seat tells whose seat that frees.")
        .Produces<UserPage>();
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record ListAwayUsersQuery(AwayDays Days, PageRequest Page) : IQuery<ListResult<User>>;

internal sealed class ListAwayUsersValidator : AbstractValidator<ListAwayUsersQuery>
{
    public ListAwayUsersValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Days).Must(days => days.IsSound).WithMessage($"Must be a number of days from 1 to {AwayDays.Most}.");
    }
}

internal sealed class ListAwayUsersHandler(IReadStore<UserRow> users, IDormancyStore store, DormancySettings settings, UserResponses responses, TimeProvider clock)
    : IQueryHandler<ListAwayUsersQuery, ListResult<User>>
{
    public async Task<Result<ListResult<User>>> Handle(ListAwayUsersQuery request, CancellationToken cancellationToken)
    {
        var window = request.Page.Window;
        var before = clock.GetUtcNow().AddDays(-request.Days.Or(settings.Days));
        var wanted = new AwayUsers(before, settings.IncludesServiceAccounts, await store.SparedOwnerAsync(cancellationToken), window);
        if (!window.IsPage)
            return users.Stream(wanted).Select(responses.ToResponsesAsync);
        var page = await users.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(responses.ToResponsesAsync, cancellationToken);
    }
}

/// <summary>Whom the round would make dormant, by username. The statement of the round says the same.</summary>
internal sealed class AwayUsers : Specification<UserRow>
{
    public AwayUsers(DateTimeOffset before, bool serviceAccounts, Guid? spared, PageWindow window) => Query
        .Where(user => !user.Deleted && !user.IsSystem && user.Status == UserStatus.Active)
        .Where(user => !user.IsServiceAccount, !serviceAccounts)
        .Where(user => user.AwaySince < before)
        .Where(user => user.SeatLastUsedAt == null || user.SeatLastUsedAt < before)
        .Where(user => user.Id != spared, spared is not null)
        .OrderBy(user => user.SortName)
        .After(user => user.Id, window.AfterId)
        .Counted(window.IsCounted)
        .Skip(window.Offset)
        .Take(window.Limit, window.Limit > 0);
}
