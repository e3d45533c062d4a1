using System.ComponentModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

internal sealed class ListSeatsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats",
            (string? q, ListParameters list,
             [FromQuery(Name = "sort"), OneOf("SeatSort", "username", "last_used", "first_used"), Description("The order. Absent: by username. after_id goes with username only.")] string? sort,
             string? dir,
             [FromQuery(Name = "idle_days")] string? idleDays,
             IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListSeatsQuery(q, list.Page, new SeatOrder(sort, dir), idleDays), ct)
                    .AsPage(WireJson.Name(nameof(SeatPage.Seats)), list.Format, SeatFile.Table))
        .For<ListSeatsQuery>("list-ai-seats", "Lists everybody with evidence of AI use, a page at a time or as CSV.")
        .Searches(app.ServiceProvider.GetRequiredService<IUserSearch>().Terms)
        .Produces<SeatPage>();
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record ListSeatsQuery(string? Q, PageRequest Page, SeatOrder Order, string? IdleDays = null) : IQuery<ListResult<Seat>>
{
    private const int MostIdleDays = 3650;

    /// <summary>Null for no such condition.</summary>
    public int? Idle => IsIdleSound && !string.IsNullOrEmpty(IdleDays) ? int.Parse(IdleDays, CultureInfo.InvariantCulture) : null;

    public bool IsIdleSound => string.IsNullOrEmpty(IdleDays)
        || (int.TryParse(IdleDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostIdleDays);
}

/// <summary>The order of the list as it was sent. Absent and empty: by username, ascending, as on the users list.</summary>
internal sealed record SeatOrder(string? Sort, string? Dir)
{
    public static SeatOrder Default { get; } = new(null, null);

    /// <summary>As the dashboard shows it.</summary>
    public static SeatOrder LatestFirst { get; } = new("last_used", "desc");

    public bool IsByName => Sort is null or "" or "username";

    public bool IsDescending => Dir == "desc";
}

/// <summary>A page of everybody with evidence of AI use. <c>count</c> is the number that match, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record SeatPage(IReadOnlyList<Seat> Seats, long? Count);

/// <summary>One person with evidence. <paramref name="Consuming"/>: holds a seat, and the feature is usable. <paramref name="IsServiceAccount"/> and <paramref name="LastSeenAt"/> are for pages: the wire does not carry them.</summary>
internal sealed record Seat(
    SeatUser User,
    [property: OneOf("UserStatus", "active", "dormant", "suspended")] string Status,
    bool Consuming,
    DateTimeOffset FirstUsedAt,
    DateTimeOffset LastUsedAt,
    [property: OneOf("SeatEventType", "aibridge", "task")] string LastEventType,
    string LastEventDescription,
    [property: JsonIgnore] bool IsServiceAccount,
    [property: JsonIgnore] DateTimeOffset LastSeenAt)
{
    public static Seat From(SeatRow row, bool usable) => new(
        new(row.UserId, row.Username, row.Name, row.AvatarUrl),
        row.Status,
        row.HoldsSeat && usable,
        row.FirstUsedAt,
        row.LastUsedAt,
        row.LastEventType,
        row.LastEventDescription,
        row.IsServiceAccount,
        row.LastSeenAt);
}

internal sealed record SeatUser(Guid Id, string Username, string Name, string AvatarUrl);

internal sealed class ListSeatsValidator : AbstractValidator<ListSeatsQuery>
{
    public ListSeatsValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Page.Window.AfterId).Null().When(query => !query.Order.IsByName)
            .OverridePropertyName("after_id").WithMessage("Goes with the order by username only; use offset with another one.");
        RuleFor(query => query.IdleDays).Must((query, _) => query.IsIdleSound).WithMessage("Must be a number of days from 1 to 3650.");
        RuleFor(query => query.Order.Sort).Must(sort => sort is null or "" or "username" or "last_used" or "first_used")
            .OverridePropertyName("sort").WithMessage("Must be username, last_used or first_used.");
        RuleFor(query => query.Order.Dir).Must(dir => dir is null or "" or "asc" or "desc")
            .OverridePropertyName("dir").WithMessage("Must be asc or desc.");
    }
}

internal sealed class ListSeatsHandler(IReadStore<SeatRow> seats, IUserSearch search, IEntitlements entitlements) : IQueryHandler<ListSeatsQuery, ListResult<Seat>>
{
    public async Task<Result<ListResult<Seat>>> Handle(ListSeatsQuery request, CancellationToken cancellationToken)
    {
        var usable = entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit);
        var filter = search.Parse(request.Q, usable, request.Idle);
        if (!filter.IsSuccess)
            return filter.Error;
        var window = request.Page.Window;
        var wanted = new SeatsOf(filter.Value, window, request.Order);
        if (!window.IsPage)
            return seats.Stream(wanted).Select(ToSeats);
        var page = await seats.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(ToSeats, cancellationToken);

        Task<IReadOnlyList<Seat>> ToSeats(IReadOnlyList<SeatRow> rows, CancellationToken _) => Task.FromResult<IReadOnlyList<Seat>>([.. rows.Select(row => Seat.From(row, usable))]);
    }
}

/// <summary>Evidence of those who are wanted. Equal times are in the order of the ids, which end every order.</summary>
internal sealed class SeatsOf : Specification<SeatRow>
{
    public SeatsOf(IUserFilter filter, PageWindow window, SeatOrder order)
    {
        Query.Where(seat => !seat.IsDeleted);
        filter.Restrict(Query);
        var ordered = Begin(order);
        if (order.IsByName)
            ordered.After(seat => seat.UserId, window.AfterId);
        Query
            .Counted(window.IsCounted)
            .Skip(window.Offset)
            .Take(window.Limit, window.Limit > 0);
        if (window.AfterId is null)
            Query.CountBy(filter.WholeGroup.Maintained(CountAll, CountHolders, new { }));
    }

    private const string CountAll = "select sum(people_with_evidence)::bigint from entitlements.usage_counts";
    private const string CountHolders = "select sum(ai_seats)::bigint from entitlements.usage_counts";

    private IOrderedSpecificationBuilder<SeatRow> Begin(SeatOrder order)
    {
        Expression<Func<SeatRow, object?>> key = order.Sort switch
        {
            "last_used" => seat => seat.LastUsedAt,
            "first_used" => seat => seat.FirstUsedAt,
            _ => seat => seat.SortName,
        };
        return order.IsDescending ? Query.OrderByDescending(key) : Query.OrderBy(key);
    }
}

/// <summary>The seat list as a file.</summary>
internal static class SeatFile
{
    public static CsvTable<Seat> Table { get; } = new("ai-seats.csv",
    [
        new("user_id", seat => seat.User.Id),
        new("username", seat => seat.User.Username),
        new("name", seat => seat.User.Name),
        new("status", seat => seat.Status),
        new("consuming", seat => seat.Consuming, FeatureNames.AiGovernanceUserLimit),
        new("first_used_at", seat => seat.FirstUsedAt),
        new("last_used_at", seat => seat.LastUsedAt),
        new("last_event_type", seat => seat.LastEventType),
        new("last_event_description", seat => seat.LastEventDescription),
    ]);
}
