using Monolith.Notifications.Deliveries;

namespace Monolith.Notifications.Tests.Deliveries;

/// <summary>The pauses between attempts.</summary>
public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 0, 8)]
    [InlineData(1, 0.5, 10)]
    [InlineData(1, 1, 12)]
    [InlineData(2, 0.5, 20)]
    [InlineData(11, 0.5, 10_240)]
    public void Each_pause_is_twice_the_one_before_a_fifth_more_or_less(int attempts, double chance, double seconds) =>
        Assert.Equal(seconds, Backoff.After(attempts, chance).TotalSeconds, 3);

    [Fact]
    public void All_attempts_lie_within_half_a_day() =>
        Assert.InRange(Enumerable.Range(1, Backoff.MostAttempts - 1).Sum(attempts => Backoff.After(attempts, 1).TotalHours), 4, 12);
}
