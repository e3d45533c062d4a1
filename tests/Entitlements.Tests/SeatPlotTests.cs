using Monolith.Entitlements.Dashboard;

namespace Monolith.Entitlements.Tests;

/// <summary>The lines of the seat chart.</summary>
public sealed class SeatPlotTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void One_day_is_a_point()
    {
        var plot = SeatPlot.Of([new(First, 3, null)], null);
        Assert.Equal("M0 60h0", plot.Today);
        Assert.Equal(("", "", First), (plot.Limit, plot.Projection, plot.Last));
    }

    [Fact]
    public void The_limit_steps_on_the_day_it_changes_and_days_without_one_are_a_gap()
    {
        var plot = SeatPlot.Of(Days((2, null), (2, 4), (4, 4), (4, 8), (4, null)), null);
        Assert.Equal(10, plot.Top);
        Assert.Equal("M125 144H500H750V48H1000", plot.Limit);
    }

    [Fact]
    public void The_projection_is_a_band_around_the_way_from_today_to_the_limit()
    {
        var plot = SeatPlot.Of(Days((1, 4), (2, 4)), First.AddDays(4));
        Assert.Equal((6, "M250 160L1000 40L1000 120Z"), (plot.Top, plot.Projection));
        Assert.Equal(First.AddDays(4), plot.Last);
        Assert.EndsWith("H1000", plot.Limit, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_7_and_25_a_limit_far_above_does_not_press_the_seats_down_and_the_peak_is_marked()
    {
        var plot = SeatPlot.Of(Days((120, 146), (138, 3000), (130, 3000)), null);
        Assert.Equal((200, false), (plot.Top, plot.IsLimitInSight));
        Assert.Equal("M0 64.8H500", plot.Limit);
        Assert.Equal((First.AddDays(1), 138), (plot.Peak!.Day, plot.Peak.Holders));
        Assert.Equal("31%", plot.Percent(138));
        Assert.Null(SeatPlot.Of(Days((1, 4), (2, 4)), null).Peak);
    }

    [Fact]
    public void Finding_7_a_limit_of_one_day_is_a_line() =>
        Assert.Equal("M0 80H1000", SeatPlot.Of([new(First, 3, 4)], null).Limit);

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void A_projection_in_the_past_or_far_away_is_not_drawn(int days) =>
        Assert.Equal("", SeatPlot.Of(Days((1, 4), (2, 4)), First.AddDays(days)).Projection);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(12, 20)]
    [InlineData(95, 200)]
    [InlineData(1000, 2000)]
    [InlineData(long.MaxValue / 4, 0)]
    public void The_scale_is_round_and_leaves_room(long highest, long top)
    {
        var found = SeatPlot.Of([new(First, highest, null)], null).Top;
        Assert.True(found > highest);
        if (top > 0)
            Assert.Equal(top, found);
    }

    private static List<SeatChart.Point> Days(params (long Holders, long? Limit)[] days) =>
        [.. days.Select((day, index) => new SeatChart.Point(First.AddDays(index), day.Holders, day.Limit))];
}
