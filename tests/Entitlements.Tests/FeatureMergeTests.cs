using CsCheck;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Tests;

public sealed class FeatureMergeTests
{
    private static readonly Feature Nothing = new(Entitlement.NotEntitled, false);

    // As in the computation: all offers for one feature carry the same live number.
    private static readonly Gen<Feature[]> Limits =
        Gen.Long[1, 5].SelectMany(actual => Gen.Select(
            Gen.Bool.Select(full => full ? Entitlement.Entitled : Entitlement.GracePeriod),
            Gen.Long[1, 6],
            (entitlement, limit) => new Feature(entitlement, true, limit, actual)).Array[1, 6]);

    private static readonly Gen<Feature[]> Periods =
        Gen.Select(
            Gen.Bool.Select(full => full ? Entitlement.Entitled : Entitlement.GracePeriod),
            Gen.Long[0, 3],
            Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[4, 6]),
            (entitlement, limit, days) => new Feature(entitlement, limit > 0, limit, UsagePeriod: new(Day(days.Item1), Day(days.Item2), Day(days.Item3)))).Array[1, 6];

    [Fact]
    public void The_order_of_limits_does_not_matter() => Limits.Sample(AssertOrderIndependent);

    [Fact]
    public void The_order_of_periods_does_not_matter() => Periods.Sample(AssertOrderIndependent);

    [Fact]
    public void The_newer_license_wins_even_with_a_smaller_limit()
    {
        var old = new Feature(Entitlement.Entitled, true, 100, UsagePeriod: new(Day(0), Day(0), Day(9)));
        var recent = new Feature(Entitlement.GracePeriod, true, 1, UsagePeriod: new(Day(1), Day(0), Day(5)));

        Assert.Equal(recent, FeatureMerge.Better(old, recent));
    }

    [Fact]
    public void An_equal_offer_changes_nothing()
    {
        var stored = new Feature(Entitlement.Entitled, true);

        Assert.Same(stored, FeatureMerge.Better(stored, new Feature(Entitlement.Entitled, true)));
    }

    private static void AssertOrderIndependent(Feature[] offers)
    {
        var forward = offers.Aggregate(Nothing, FeatureMerge.Better);

        Assert.Equal(forward, offers.Reverse().Aggregate(Nothing, FeatureMerge.Better));
        Assert.Equal(forward, offers.OrderBy(offer => offer.Limit).Aggregate(Nothing, FeatureMerge.Better));
        Assert.Contains(forward, offers);
    }

    private static DateTimeOffset Day(int day) => Samples.Now.AddDays(day);
}
