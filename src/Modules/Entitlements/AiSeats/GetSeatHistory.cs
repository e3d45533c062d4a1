using System.Globalization;
using System.Text.Json.Serialization;

namespace Monolith.Entitlements.AiSeats;

internal sealed class GetSeatHistoryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats/history",
            (string? interval, string? from, string? to, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetSeatHistoryQuery(interval, from, to), ct).Ok())
        .For<GetSeatHistoryQuery>("get-ai-seat-history", "Answers how many AI seats were held on each day.")
        .WithDescription("UTC days, both inclusive: from 2000-01-01 to tomorrow, at most 3660 of them. Without dates the last 30 days. Days that have not come yet are left out.")
        .Produces<IReadOnlyList<SeatDay>>();
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record GetSeatHistoryQuery(string? Interval, string? From, string? To) : IQuery<IReadOnlyList<SeatDay>>
{
    public const int DefaultDays = 30;

    /// <summary>Nothing was recorded before. The ends of the calendar have a meaning of their own in the database: a series of days from there has no end.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>The days asked for, both inclusive; null when a date cannot be read. Without dates the last 30 days.</summary>
    public (DateOnly From, DateOnly To)? Span(DateOnly today)
    {
        if (Date(To, today) is not { } last || Date(From, Earlier(last, DefaultDays - 1)) is not { } first)
            return null;
        return (first, last);
    }

    public static DateOnly? Date(string? text, DateOnly fallback) =>
        string.IsNullOrEmpty(text) ? fallback
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : null;

    private static DateOnly Earlier(DateOnly date, int days) => DateOnly.FromDayNumber(Math.Max(Math.Min(Earliest.DayNumber, date.DayNumber), date.DayNumber - days));
}

/// <summary>The seats of one UTC day: today as they stand, an earlier day as it was last seen. <paramref name="Limit"/> is null without the feature.</summary>
internal sealed record SeatDay(DateOnly Date, long Holders, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Limit);

internal sealed class GetSeatHistoryValidator : AbstractValidator<GetSeatHistoryQuery>
{
    private const int MostDays = 3660;

    public GetSeatHistoryValidator(TimeProvider clock)
    {
        // Tomorrow has begun for some of those who ask.
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var last = today.AddDays(1);
        RuleFor(query => query.Interval).Must(text => text is null or "" or "day").WithMessage("Must be day.");
        RuleFor(query => query.From).Must(text => IsWithin(text, GetSeatHistoryQuery.Earliest, DateOnly.MaxValue))
            .WithMessage($"Must be a date such as 2026-01-31, not before {GetSeatHistoryQuery.Earliest:yyyy-MM-dd}.");
        RuleFor(query => query.To).Must(text => IsWithin(text, GetSeatHistoryQuery.Earliest, last))
            .WithMessage($"Must be a date such as 2026-01-31, not before {GetSeatHistoryQuery.Earliest:yyyy-MM-dd} nor after tomorrow.");
        RuleFor(query => query).Must(query => query.Span(today) is not var (from, to) || from <= to)
            .OverridePropertyName("from").WithMessage("Must not be later than the last day.").When(query => IsWithin(query.To, GetSeatHistoryQuery.Earliest, last));
        RuleFor(query => query).Must(query => query.Span(today) is not var (from, to) || to.DayNumber - from.DayNumber < MostDays)
            .OverridePropertyName("from").WithMessage($"At most {MostDays} days.")
            .When(query => IsWithin(query.From, GetSeatHistoryQuery.Earliest, DateOnly.MaxValue) && IsWithin(query.To, GetSeatHistoryQuery.Earliest, last));

        bool IsWithin(string? text, DateOnly first, DateOnly end) => GetSeatHistoryQuery.Date(text, today) is { } date && date >= first && date <= end;
    }
}

internal sealed class GetSeatHistoryHandler(Db<EntitlementsModule> db, SeatDays days, TimeProvider clock) : IQueryHandler<GetSeatHistoryQuery, IReadOnlyList<SeatDay>>
{
    public async Task<Result<IReadOnlyList<SeatDay>>> Handle(GetSeatHistoryQuery request, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (from, to) = request.Span(today)!.Value;

        // Days that have not come yet are left out.
        var history = new List<SeatDay>();
        if (from < today)
            history.AddRange(await db.QueryAsync<SeatDay>(Select, new { from, to = to < today ? to : today.AddDays(-1) }, cancellationToken));
        if (from <= today && today <= to)
            history.Add(await days.TodayAsync(cancellationToken));
        return history;
    }

    // A day that nobody recorded is like the day before; before the first record nobody was counted.
    private const string Select =
        """
        select
            wanted.day::date as date,
            coalesce(seen.holders, 0) as holders,
            seen.seat_limit as "limit"
        from generate_series(@from::date, @to::date, interval '1 day') wanted (day)
        left join lateral (
            select holders, seat_limit
            from entitlements.ai_seat_days
            where day <= wanted.day
            order by day desc
            limit 1) seen on true
        order by wanted.day
        """;
}
