using System.ComponentModel;

namespace Monolith.Entitlements.Features;

/// <summary>How far a license covers a feature.</summary>
internal enum Entitlement
{
    /// <summary>Not at all.</summary>
    NotEntitled,

    /// <summary>Its paid term is over, it still works.</summary>
    GracePeriod,

    /// <summary>In its paid term.</summary>
    Entitled,
}

/// <summary>The term of the license that a period limit comes from.</summary>
internal sealed record UsagePeriod(DateTimeOffset IssuedAt, DateTimeOffset Start, DateTimeOffset End);

/// <summary>A feature on the wire, and an offer while entitlements are computed.</summary>
internal sealed record Feature(
    Entitlement Entitlement,
    [property: Description("True when the feature may be used: implemented by this server, and entitled or in its grace period. It does not look at the limit.")] bool Enabled,
    [property: Description("How many are licensed; left out when nothing limits the feature.")] long? Limit = null,
    [property: Description("How many are used at this moment.")] long? Actual = null,
    [property: Description("The time in which actual is counted.")] UsagePeriod? UsagePeriod = null);

/// <summary>Which of two offers for one feature wins (specification 1.5). Offers are atomic: limits and entitlements are never mixed.</summary>
internal static class FeatureMerge
{
    /// <summary>The offer when it is strictly better than what is stored, else what is stored.</summary>
    public static Feature Better(Feature stored, Feature offer) => Compare(offer, stored) > 0 ? offer : stored;

    public static int Compare(Feature x, Feature y)
    {
        var newest = (x.UsagePeriod, y.UsagePeriod) is ({ } a, { } b)
            ? FirstDifference(a.IssuedAt.CompareTo(b.IssuedAt), a.End.CompareTo(b.End))
            : 0;
        return FirstDifference(
            newest,
            CompareCover(x, y),
            x.Entitlement.CompareTo(y.Entitlement),
            Nullable.Compare(x.Limit, y.Limit),
            x.Enabled.CompareTo(y.Enabled),
            Nullable.Compare(x.Actual, y.Actual),
            // Beyond the specification: it makes the result independent of the order in which licenses were uploaded.
            Nullable.Compare(x.UsagePeriod?.Start, y.UsagePeriod?.Start));
    }

    private static int CompareCover(Feature x, Feature y)
    {
        if (x.Actual is null || y.Actual is null || x.Entitlement == Entitlement.NotEntitled || y.Entitlement == Entitlement.NotEntitled)
            return 0;
        return Covers(x).CompareTo(Covers(y));
    }

    // An unset limit covers everything.
    private static bool Covers(Feature feature) => feature.Limit is not { } limit || feature.Actual is not { } actual || limit >= actual;

    private static int FirstDifference(params ReadOnlySpan<int> comparisons)
    {
        foreach (var comparison in comparisons)
            if (comparison != 0)
                return comparison;
        return 0;
    }
}
