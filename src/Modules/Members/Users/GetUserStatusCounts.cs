using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Text;
using Monolith.Members.Contracts;

namespace Monolith.Members.Users;

internal sealed class GetUserStatusCountsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/insights/user-status-counts",
            (string? timezone, [FromQuery(Name = "tz_offset")] string? tzOffset, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetUserStatusCountsQuery(timezone, tzOffset), ct).Ok())
        .For<GetUserStatusCountsQuery>("get-insights-about-user-status-counts", "Answers how many people had each status at the end of each of the last 61 days.")
        .WithTags("Insights")
        .Produces<UserStatusCounts>();
}

/// <summary>People in each status at the end of each of the last 61 days, today so far included. Service accounts are not counted.</summary>
/// <param name="StatusCounts">By status; one entry a day, oldest first.</param>
internal sealed record UserStatusCounts(IReadOnlyDictionary<string, IReadOnlyList<UserStatusCount>> StatusCounts);

/// <summary>One day, named by the moment it begins.</summary>
internal sealed record UserStatusCount(DateTimeOffset Date, long Count);

/// <param name="TimeZone">IANA name of the zone whose days are meant; absent and empty are UTC.</param>
/// <param name="TzOffset">Older form: hours that the client's days begin before those of UTC; absent and empty are 0.</param>
[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record GetUserStatusCountsQuery(string? TimeZone, string? TzOffset) : IQuery<UserStatusCounts>;

internal sealed class GetUserStatusCountsValidator : AbstractValidator<GetUserStatusCountsQuery>
{
    public GetUserStatusCountsValidator()
    {
        RuleFor(query => query.TzOffset)
            .Must(text => Hours(text) is >= -12 and <= 14).WithMessage("Must be a whole number of hours from -12 to 14.");
        RuleFor(query => query.TimeZone)
            .Must(name => Zone(name) is not null).OverridePropertyName("timezone").WithMessage("Must be the IANA name of a time zone.");
        RuleFor(query => query.TimeZone)
            .Empty().When(query => Hours(query.TzOffset) is not (null or 0)).OverridePropertyName("timezone").WithMessage("Goes without tz_offset only.");
    }

    /// <summary>Null when nobody knows the zone.</summary>
    public static TimeZoneInfo? Zone(string? name) => string.IsNullOrEmpty(name) ? TimeZoneInfo.Utc : IanaZone.Find(name);

    /// <summary>Null when the text is no number.</summary>
    public static int? Hours(string? text) =>
        string.IsNullOrEmpty(text) ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours) ? hours
        : null;
}

internal sealed class GetUserStatusCountsHandler(Db<MembersModule> db, TimeProvider clock) : IQueryHandler<GetUserStatusCountsQuery, UserStatusCounts>
{
    private const int Days = 61;

    public async Task<Result<UserStatusCounts>> Handle(GetUserStatusCountsQuery request, CancellationToken cancellationToken)
    {
        var zone = string.IsNullOrEmpty(request.TimeZone)
            ? TimeZoneInfo.CreateCustomTimeZone("client", TimeSpan.FromHours(GetUserStatusCountsValidator.Hours(request.TzOffset)!.Value), null, null)
            : GetUserStatusCountsValidator.Zone(request.TimeZone)!;
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        var starts = Enumerable.Range(0, Days).Select(day => Start(today.AddDays(day - Days + 1), zone)).ToArray();
        var changes = (await db.QueryAsync<Change>(Sql, new { starts }, cancellationToken)).ToLookup(change => change.Status);
        return new UserStatusCounts(UserStatus.All.ToDictionary(status => status, status => Series(starts, changes[status].ToDictionary(change => change.Day, change => change.Delta))));
    }

    // Where the clocks skip midnight, the day begins when they have.
    private static DateTimeOffset Start(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
            day = day.AddMinutes(30);
        return new DateTimeOffset(day, zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day)).ToUniversalTime();
    }

    private static IReadOnlyList<UserStatusCount> Series(DateTimeOffset[] starts, Dictionary<int, long> changes)
    {
        var count = changes.GetValueOrDefault(0);
        return [.. starts.Select((start, day) => new UserStatusCount(start, count += changes.GetValueOrDefault(day + 1)))];
    }

    private sealed record Change(int Day, string Status, long Delta);

    // Day 0 is everything before the first day.
    private const string Sql =
        """
        select width_bucket(hour, @starts) as day, status, sum(delta)::bigint as delta
        from members.user_status_changes
        group by 1, 2
        """;
}
