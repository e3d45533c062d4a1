using System.Globalization;
using Monolith.Entitlements.AiSeats;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>A page with the chart of the seats: its period stands in the address as <c>days</c>.</summary>
public abstract class SeatChartPage : DashboardPage
{
    /// <summary>The period shown.</summary>
    protected int Days => int.TryParse(Http.Request.Query["days"], CultureInfo.InvariantCulture, out var days) && SeatChart.Periods.Contains(days) ? days : SeatChart.Periods[0];

    /// <summary>The days in order, today last; null when they may not be read, or were not.</summary>
    protected IReadOnlyList<SeatChart.Point>? Points { get; private set; }

    /// <summary>The seats of now; null when they may not be read, or were not.</summary>
    private protected SeatSummary? Summary { get; private set; }

    /// <summary>The day on which the limit will be reached; null when it will not be, or has been, or when the chart of the last days shows no way to it.</summary>
    protected DateOnly? FullOn => HasRoom && Summary is { FlatDays: null } summary ? summary.LimitReachedOn : null;

    /// <summary>What the chart says about the days ahead; null when the seats are full or not limited.</summary>
    protected string? Outlook =>
        !HasRoom ? null
        : Summary!.FlatDays is { } days ? Phrase.Of(Texts.NotGrown, days)
        : FullOn is { } day ? Phrase.Of(Texts.FullAround, Phrase.Date(day), Phrase.Ahead(day, Clock.GetUtcNow()))
        : Texts.FullFar;

    private bool HasRoom => Summary is { Level: SeatLevel.Ok or SeatLevel.Near, Limit: > 0 };

    private protected async Task LoadSummaryAsync() => Summary = await TryLoadAsync(new GetSeatSummaryQuery());

    private protected async Task LoadPointsAsync()
    {
        var from = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(1 - Days);
        var history = await TryLoadAsync(new GetSeatHistoryQuery(null, from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null));
        Points = history is null ? null : [.. history.Select(day => new SeatChart.Point(day.Date, day.Holders, day.Limit))];
    }
}
