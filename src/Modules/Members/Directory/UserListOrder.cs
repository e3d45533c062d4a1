using System.Linq.Expressions;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;

namespace Monolith.Members.Directory;

/// <summary>A row of the users list or of a members list.</summary>
internal interface IUserListRow : IFilterableUser
{
    /// <summary>The display order: the username, where the list is indexed by it.</summary>
    string SortName { get; }

    /// <summary>The same text, where the indexes of the users have it: behind the status, and behind the last use.</summary>
    string UserSortName { get; }
}

/// <summary>The order of a list as it was sent. Absent and empty: by username, ascending.</summary>
/// <param name="Sort"><c>username</c>, <c>last_seen</c>, <c>status</c> or <c>ai_seat</c>; the last one only while AI seats are usable.</param>
/// <param name="Dir"><c>asc</c> or <c>desc</c>. People who are equal are always in the order of their usernames.</param>
internal sealed record OrderRequest(string? Sort, string? Dir)
{
    public static OrderRequest Default { get; } = new(null, null);

    public bool IsByName => Sort is null or "" or "username";
}

/// <summary>One place for the order and the page of every list of users and members.</summary>
internal static class UserListOrder
{
    /// <summary>How many rows a page can pass over in another order than by username: nothing is kept that would lead deeper without reading what lies before.</summary>
    public const int Reach = 1_000;

    /// <summary>How many rows of a list a page of this order can lie behind; null for all of them.</summary>
    public static int? ReachOf(string? sort) => new OrderRequest(sort, null).IsByName ? null : Reach;

    public static IReadOnlyDictionary<string, IReadOnlyList<object>> EnumeratedColumns { get; } = new Dictionary<string, IReadOnlyList<object>>
    {
        [nameof(IUserListRow.Status)] = [.. UserStatus.All],
        [nameof(IUserListRow.HoldsSeat)] = [false, true],
    };

    /// <summary>A page may begin after any user, a member or not, deleted or not: a walk that deletes what it finds goes on. Whether the caller may know the user is asked before.</summary>
    public static CursorSource Cursor(string sortName) => new(
        "members.users c where c.id = @cursor",
        new Dictionary<string, string> { [sortName] = "c.username_folded" });

    /// <param name="query">The specification.</param>
    /// <param name="order">The order; another one than by username has no cursor.</param>
    /// <param name="filter">What the rows have in common.</param>
    /// <param name="window">The page.</param>
    /// <param name="id">What the cursor names.</param>
    public static void Page<T>(this ISpecificationBuilder<T> query, OrderRequest order, UserFilter filter, PageWindow window, Expression<Func<T, object?>> id)
        where T : class, IUserListRow
    {
        var ordered = query.Order(order, filter);
        if (order.IsByName)
            ordered.After(id, window.AfterId);
        query
            .FindKeysFirst(filter.HasAiSeat is not null || (filter.SearchTerm ?? filter.Name ?? filter.Person) is not null)
            .WalkWhenMany(order.IsByName)
            .RememberCount(filter.IsOfDirectory)
            .Counted(window.IsCounted)
            .Skip(window.Offset)
            .Take(window.Limit, window.Limit > 0);
    }

    /// <summary>Everybody by name, from the start or a cursor: a walk in the order of one index, whose plan is kept.</summary>
    public static bool IsWalk(OrderRequest order, SeatGroup? group, PageWindow window) => IsEverybodyByName(order, group, window) && window.Offset == 0;

    /// <summary>A page of everybody in display order, in either direction.</summary>
    public static bool IsEverybodyByName(OrderRequest order, SeatGroup? group, PageWindow window) =>
        group == SeatGroup.Everybody && order.IsByName && window.IsPage;

    private static IOrderedSpecificationBuilder<T> Order<T>(this ISpecificationBuilder<T> query, OrderRequest order, UserFilter filter)
        where T : class, IUserListRow
    {
        var descending = order.Dir == "desc";
        return order.Sort switch
        {
            "last_seen" => Begin(query, row => row.LastSeenAt, descending).ThenBy(row => row.UserSortName),
            // Where everybody is equal the next key decides.
            "status" when filter.Statuses.Count != 1 => Begin(query, row => row.Status, descending).ThenBy(row => row.UserSortName),
            "ai_seat" when filter.HasAiSeat is null => Begin(query, row => row.HoldsSeat, descending).ThenBy(ByName<T>.Key),
            "status" or "ai_seat" => query.OrderBy(ByName<T>.Key),
            _ => Begin(query, ByName<T>.Key, descending),
        };
    }

    // The expressions of most pages are made once: of a lambda in a generic method the runtime looks every part up each time.
    private static class ByName<T>
        where T : IUserListRow
    {
        public static readonly Expression<Func<T, object?>> Key = row => row.SortName;
    }

    private static IOrderedSpecificationBuilder<T> Begin<T>(
        ISpecificationBuilder<T> query, Expression<Func<T, object?>> key, bool descending) =>
        descending ? query.OrderByDescending(key) : query.OrderBy(key);
}

/// <summary>A list of users or members by page and order.</summary>
internal interface IUserList
{
    PageRequest Page { get; }

    OrderRequest Order { get; }
}

/// <summary>Checks page and order: 400 with one complaint for each bad parameter.</summary>
internal sealed class UserListValidator : AbstractValidator<IUserList>
{
    public UserListValidator(PageRequestValidator page)
    {
        RuleFor(list => list.Page).SetValidator(page);
        RuleFor(list => list.Page.Window.AfterId).Null().When(list => !list.Order.IsByName)
            .OverridePropertyName("after_id").WithMessage("Goes with the order by username only; use offset with another one.");
        RuleFor(list => list.Page.Window.Offset).LessThanOrEqualTo(UserListOrder.Reach).When(list => !list.Order.IsByName && list.Page.Window.IsPage)
            .OverridePropertyName("offset").WithMessage($"Must be at most {UserListOrder.Reach} with another order than by username. A filter such as status: or has-ai-seat: leads further; without a limit the whole list comes in this order.");
        RuleFor(list => list.Order.Sort).Must(sort => sort is null or "" or "username" or "last_seen" or "status" or "ai_seat")
            .OverridePropertyName("sort").WithMessage("Must be username, last_seen, status or ai_seat.");
        RuleFor(list => list.Order.Sort).Must((_, sort, context) => sort != "ai_seat" || context.Scoped<SeatFeature>().IsUsable)
            .OverridePropertyName("sort").WithMessage("The order ai_seat needs a license for AI seats.");
        RuleFor(list => list.Order.Dir).Must(dir => dir is null or "" or "asc" or "desc")
            .OverridePropertyName("dir").WithMessage("Must be asc or desc.");
    }
}
