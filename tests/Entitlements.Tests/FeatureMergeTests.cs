using CsCheck;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Tests;

/// <summary>Which of two offers for a feature wins (specification 1.5).</summary>
public sealed class FeatureMergeTests
{
    private static readonly Feature Nothing = new(Entitlement.NotEntitled, false);
    private static readonly Gen<Entitlement> Granted = Gen.Bool.Select(full => full ? Entitlement.Entitled : Entitlement.GracePeriod);

    // As in the computation: all offers for one feature carry the same live number.
    private static readonly Gen<Feature[]> Limits = Gen.Long[1, 5].SelectMany(actual =>
        Gen.Select(Granted, Gen.Long[1, 6], (entitlement, limit) => new Feature(entitlement, true, limit, actual)).Array[1, 6]);

    private static readonly Gen<Feature[]> Periods = Gen.Select(
        Granted,
        Gen.Long[0, 3],
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[4, 6]),
        (entitlement, limit, days) => new Feature(entitlement, limit > 0, limit, UsagePeriod: Period(days.Item1, days.Item2, days.Item3))).Array[1, 6];

    private static readonly Gen<Feature[]> Switches = Granted.Select(entitlement => new Feature(entitlement, true)).Array[1, 6];

    // Each rule alone, in the order of the specification: everything that a later rule looks at speaks for the loser.
    private static readonly Dictionary<string, (Feature Winner, Feature Loser)> Rules = new()
    {
        ["1: a newer license beats a larger limit"] = (
            new(Entitlement.GracePeriod, true, 1, 5, Period(1, 0, 5)),
            new(Entitlement.Entitled, true, 100, 5, Period(0, 0, 9))),
        ["1: of the same issue the later end"] = (
            new(Entitlement.GracePeriod, true, 1, 5, Period(1, 0, 9)),
            new(Entitlement.Entitled, true, 100, 5, Period(1, 0, 8))),
        ["2: a limit that covers, in grace, beats a full one that does not"] = (
            new(Entitlement.GracePeriod, true, 60, 50),
            new(Entitlement.Entitled, true, 49, 50)),
        ["2: a limit that is just met covers"] = (
            new(Entitlement.GracePeriod, true, 50, 50),
            new(Entitlement.Entitled, true, 49, 50)),
        ["2: no limit covers everything"] = (
            new(Entitlement.GracePeriod, true, null, 50),
            new(Entitlement.Entitled, true, 49, 50)),
        ["3: what is not entitled covers nothing"] = (
            new(Entitlement.GracePeriod, true, 49, 50),
            new(Entitlement.NotEntitled, true, 60, 50)),
        ["3: a full entitlement beats grace when both cover"] = (
            new(Entitlement.Entitled, true, 51, 50),
            new(Entitlement.GracePeriod, true, 99, 50)),
        ["3: and when neither does"] = (
            new(Entitlement.Entitled, true, 1, 50),
            new(Entitlement.GracePeriod, true, 49, 50)),
        ["4: a limit beats none"] = (new(Entitlement.Entitled, false, 1), new(Entitlement.Entitled, true, null, 9)),
        ["4: a larger limit"] = (new(Entitlement.Entitled, false, 2), new(Entitlement.Entitled, true, 1, 9)),
        ["5: enabled beats disabled"] = (new(Entitlement.Entitled, true, 2), new(Entitlement.Entitled, false, 2, 1)),
        ["6: a number beats none"] = (new(Entitlement.Entitled, true, 2, 1), new(Entitlement.Entitled, true, 2)),
        ["6: a larger number"] = (new(Entitlement.Entitled, true, 9, 2), new(Entitlement.Entitled, true, 9, 1)),
    };

    public static TheoryData<string> RuleNames => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_first_difference_decides(string rule)
    {
        var (winner, loser) = Rules[rule];

        Assert.Same(winner, FeatureMerge.Better(loser, winner));
        Assert.Same(winner, FeatureMerge.Better(winner, loser));
    }

    [Fact]
    public void An_equal_offer_changes_nothing()
    {
        var stored = new Feature(Entitlement.Entitled, true);

        Assert.Same(stored, FeatureMerge.Better(stored, new Feature(Entitlement.Entitled, true)));
    }

    [Fact]
    public void The_order_of_limits_does_not_matter() => Limits.Sample(AssertOrderIndependent);

    [Fact]
    public void The_order_of_periods_does_not_matter() => Periods.Sample(AssertOrderIndependent);

    [Fact]
    public void The_order_of_switches_does_not_matter() => Switches.Sample(AssertOrderIndependent);

    [Fact]
    public void The_comparison_is_antisymmetric_and_transitive() => Gen.OneOf(Limits, Periods, Switches).Sample(offers =>
    {
        foreach (var x in offers)
            foreach (var y in offers)
            {
                Assert.Equal(Math.Sign(FeatureMerge.Compare(x, y)), -Math.Sign(FeatureMerge.Compare(y, x)));
                Assert.DoesNotContain(offers, z => FeatureMerge.Compare(x, y) > 0 && FeatureMerge.Compare(y, z) > 0 && FeatureMerge.Compare(x, z) <= 0);
            }
    });

    /// <summary>And the winner is one of the offers, whole: no limit of one with the entitlement of another.</summary>
    private static void AssertOrderIndependent(Feature[] offers)
    {
        var forward = offers.Aggregate(Nothing, FeatureMerge.Better);

        Assert.Equal(forward, offers.Reverse().Aggregate(Nothing, FeatureMerge.Better));
        Assert.Equal(forward, offers.OrderBy(offer => offer.Limit).Aggregate(Nothing, FeatureMerge.Better));
        Assert.Equal(forward, offers.Concat(offers).Aggregate(Nothing, FeatureMerge.Better));
        Assert.Contains(forward, offers);
    }

    private static UsagePeriod Period(int issued, int start, int end) => new(Day(issued), Day(start), Day(end));

    private static DateTimeOffset Day(int day) => Samples.Now.AddDays(day);
}
