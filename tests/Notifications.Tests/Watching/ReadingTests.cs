using Monolith.Notifications.Directory;
using Monolith.Notifications.Watching;

namespace Monolith.Notifications.Tests.Watching;

/// <summary>One message for each crossing, again only after it went back.</summary>
public sealed class ReadingTests
{
    private static readonly Announcement News = new("seats_used", "Subject", "Body", new { });

    [Theory]
    // told, reached, held → kept, tells
    [InlineData(0, 0, 0, 0, false)]
    [InlineData(0, 1, 1, 1, true)]
    [InlineData(0, 3, 3, 3, true)]
    [InlineData(1, 1, 1, 1, false)]
    [InlineData(1, 0, 1, 1, false)]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(3, 1, 2, 2, false)]
    [InlineData(2, 3, 3, 3, true)]
    [InlineData(4, 4, 0, 4, false)]
    public void A_step_is_told_when_it_is_reached_and_left_behind_its_slack(int told, int reached, int held, int kept, bool tells) =>
        Assert.Equal((kept, tells), new Reading(reached, held, "", News).After(told));
}
