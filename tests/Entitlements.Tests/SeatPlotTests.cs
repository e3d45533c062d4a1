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
        var plot = SeatPlot.Of(Days((1, null), (1, 4), (2, 4), (2, 8), (2, null)), null);
        Assert.Equal(10, plot.Top);
        Assert.Equal("M250 144H500H750V48H1000", plot.Limit);
    }

    [Fact]
    public void The_projection_leads_from_today_to_the_limit()
    {
        var plot = SeatPlot.Of(Days((1, 4), (2, 4)), First.AddDays(4));
        Assert.Equal((6, "M250 160L1000 80"), (plot.Top, plot.Projection));
        Assert.Equal(First.AddDays(4), plot.Last);
        Assert.EndsWith("H1000", plot.Limit, StringComparison.Ordinal);
    }

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
