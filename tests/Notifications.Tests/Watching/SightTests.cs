using Microsoft.Extensions.Time.Testing;
using Monolith.Audit.Contracts;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Watching;

namespace Monolith.Notifications.Tests.Watching;

/// <summary>What each rule sees.</summary>
public sealed class SightTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly int[] Percentages = [80, 90, 100];
    private static readonly int[] Days = [1, 7, 30];

    [Theory]
    [InlineData(77, 0, 0, null)]
    [InlineData(79, 0, 1, null)]
    [InlineData(80, 1, 1, "80 percent of the AI seats are used")]
    [InlineData(89, 1, 2, "80 percent of the AI seats are used")]
    [InlineData(90, 2, 2, "90 percent of the AI seats are used")]
    [InlineData(97, 2, 2, "90 percent of the AI seats are used")]
    [InlineData(98, 2, 4, "90 percent of the AI seats are used")]
    [InlineData(100, 3, 4, "All AI seats are used")]
    [InlineData(101, 4, 4, "AI seats are over the limit")]
    public void Seats_have_a_step_for_each_percentage_and_one_above_all(long actual, int level, int held, string? subject)
    {
        var reading = SeatsUsedSight.Read(Seats(actual, 100), Percentages);
        Assert.Equal((level, held, subject), (reading.Level, reading.Held, reading.News?.Subject));
    }

    [Fact]
    public void The_same_storm_at_a_limit_is_one_message()
    {
        var (level, told) = (0, 0);
        foreach (var actual in new long[] { 79, 80, 79, 80, 81, 79, 80, 78, 80 })
        {
            (level, var tells) = SeatsUsedSight.Read(Seats(actual, 100), Percentages).After(level);
            told += tells ? 1 : 0;
        }

        Assert.Equal(1, told);
        (level, _) = SeatsUsedSight.Read(Seats(77, 100), Percentages).After(level);
        Assert.True(SeatsUsedSight.Read(Seats(80, 100), Percentages).After(level).Tells);
    }

    [Fact]
    public void Without_a_limit_there_is_nothing_to_tell()
    {
        Assert.Equal(0, SeatsUsedSight.Read(null, Percentages).Level);
        Assert.Equal(0, SeatsUsedSight.Read(Seats(5, 0), Percentages).Level);
        Assert.Equal(0, SeatsProjectedFullSight.Read(null, 30, DateOnly.FromDateTime(Now.Date)).Level);
        Assert.Equal(0, LicenseEndsSight.Read(null, Days, Now).Level);
    }

    [Theory]
    [InlineData(30, 1, 1)]
    [InlineData(31, 0, 1)]
    [InlineData(32, 0, 1)]
    [InlineData(33, 0, 0)]
    [InlineData(null, 0, 0)]
    public void A_projection_is_reached_within_the_days_and_left_two_days_behind(int? ahead, int level, int held)
    {
        var today = DateOnly.FromDateTime(Now.Date);
        var reading = SeatsProjectedFullSight.Read(Seats(50, 100) with { LimitReachedOn = ahead is { } days ? today.AddDays(days) : null }, 30, today);
        Assert.Equal((level, held), (reading.Level, reading.Held));
    }

    [Fact]
    public void Seats_that_are_full_are_told_by_another_rule_and_end_no_projection()
    {
        var full = SeatsProjectedFullSight.Read(Seats(100, 100), 30, DateOnly.FromDateTime(Now.Date));
        Assert.Equal((0, false), full.After(0));
        Assert.Equal((1, false), full.After(1));
    }

    [Theory]
    [InlineData(31, 41, 0, null)]
    [InlineData(30, 40, 1, "The license ends in 30 days")]
    [InlineData(7, 17, 2, "The license ends in 7 days")]
    [InlineData(0.5, 10, 3, "The license ends in 1 day")]
    [InlineData(0, 10, 4, "The grace period of the license has begun")]
    [InlineData(-10, 0, 5, "The license has ended")]
    public void A_license_has_a_step_for_each_number_of_days_one_for_its_grace_and_one_for_its_end(double paid, double works, int level, string? subject)
    {
        var reading = LicenseEndsSight.Read(new LicenseOutlook(Now.AddDays(paid), Now.AddDays(works)), Days, Now);
        Assert.Equal((level, level, subject), (reading.Level, reading.Held, reading.News?.Subject));
    }

    [Fact]
    public async Task Users_who_become_dormant_are_told_of_once_in_the_days_that_were_told_about()
    {
        var forecast = Substitute.For<IDormancyOutlook>();
        var clock = new FakeTimeProvider(Now);
        var sight = new UsersBecomeDormantSight(forecast, clock);
        var rule = new RuleRow { Rule = sight.Rule, Enabled = true, Thresholds = [7] };
        Assert.Equal(0, (await sight.LookAsync(rule, CancellationToken.None)).Level);

        forecast.WithinAsync(7, Arg.Any<CancellationToken>()).Returns(new DormancyOutlook(90, 3, 2));
        var first = await sight.LookAsync(rule, CancellationToken.None);
        Assert.Equal((1, "3 users will become dormant within 7 days"), (first.Level, first.News!.Subject));

        rule = rule with { Level = 1, ToldAt = Now };
        clock.Advance(TimeSpan.FromDays(6));
        Assert.False((await sight.LookAsync(rule, CancellationToken.None)).After(1).Tells);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await sight.LookAsync(rule, CancellationToken.None)).After(1).Level);
    }

    [Fact]
    public async Task A_broken_chain_is_told_and_looked_at_as_seldom_as_is_set()
    {
        var chain = Substitute.For<IAuditVerification>();
        var sight = new AuditChainBrokenSight(chain);
        var rule = new RuleRow { Rule = sight.Rule, Enabled = true, Thresholds = [24] };
        Assert.Equal(TimeSpan.FromHours(24), sight.PauseOf(rule));
        chain.VerifyAsync(default).ReturnsForAnyArgs(new AuditVerification(true, 5, 0, 0, 5, "", null));
        Assert.Equal(0, (await sight.LookAsync(rule, CancellationToken.None)).Level);
        chain.VerifyAsync(default).ReturnsForAnyArgs(new AuditVerification(false, 2, 0, 0, 5, "", new AuditFault(3, null, null, "The row was removed.")));
        var broken = await sight.LookAsync(rule, CancellationToken.None);
        Assert.Equal((1, "The audit log does not fit at position 3: The row was removed."), (broken.Level, broken.Sentence));
    }

    private static SeatNumbers Seats(long actual, long limit) =>
        new(false, limit, actual, Math.Max(0, limit - actual), Math.Max(0, actual - limit), "ok", 0, Now, null);
}
