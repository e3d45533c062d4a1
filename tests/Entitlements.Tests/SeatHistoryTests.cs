using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.Tests;

public sealed class SeatHistoryTests
{
    [Theory]
    [InlineData("2026-04-20T09:00:00Z", 15)]
    [InlineData("2026-04-20T23:50:00Z", 10)]
    [InlineData("2026-04-20T00:00:00Z", 15)]
    public void The_next_look_is_never_later_than_midnight(string now, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), SeatDayRecorder.PauseAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(null, null, "2026-03-22", "2026-04-20")]
    [InlineData("2026-04-01", null, "2026-04-01", "2026-04-20")]
    [InlineData(null, "2026-01-31", "2026-01-02", "2026-01-31")]
    [InlineData("2026-04-20", "2026-04-20", "2026-04-20", "2026-04-20")]
    public void Both_days_are_inclusive(string? from, string? to, string first, string last)
    {
        var query = new GetSeatHistoryQuery("day", from, to);

        Assert.True(new GetSeatHistoryValidator(new FakeTimeProvider(Samples.Now)).Validate(query).IsValid);
        var span = query.Span(DateOnly.FromDateTime(Samples.Now.UtcDateTime))!.Value;
        Assert.Equal((first, last), ($"{span.From:yyyy-MM-dd}", $"{span.To:yyyy-MM-dd}"));
    }
}
