using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.Features;

/// <summary>The paid term of a license.</summary>
internal readonly record struct LicenseTerm(DateTimeOffset Start, DateTimeOffset End);

/// <summary>The warnings of specification 1.8, in its order. Clients know a warning by the text before its first number: keep that text stable.</summary>
internal static class EntitlementWarnings
{
    private static readonly string[] Special =
        [FeatureNames.UserLimit, FeatureNames.AiGovernanceUserLimit, "high_availability", "multiple_external_auth", FeatureNames.ManagedAgentLimit];

    public static IEnumerable<string> Write(
        DateTimeOffset now,
        IReadOnlyDictionary<string, Feature> features,
        UsageCounts counts,
        IEnumerable<LicenseTerm> terms,
        bool hasLicense,
        bool trial)
    {
        var users = features[FeatureNames.UserLimit];
        return
        [
            .. Expiry(now, terms, trial),
            .. Agents(features[FeatureNames.ManagedAgentLimit]),
            .. hasLicense ? Users(users, counts.ActiveUsers) : [],
            .. Seats(features[FeatureNames.AiGovernanceUserLimit], counts.AiSeats),
            .. FeatureCatalog.All
                .Where(feature => !Special.Contains(feature.Name) && features[feature.Name] is { Enabled: true, Entitlement: Entitlement.GracePeriod })
                .Select(feature => $"{feature.HumanName} is enabled but the license for it has expired."),
        ];
    }

    /// <summary>The days left of the first block of touching terms that has not ended, rounded up; null when every term has ended.</summary>
    internal static int? DaysLeft(DateTimeOffset now, IEnumerable<LicenseTerm> terms)
    {
        DateTimeOffset? end = null;
        foreach (var term in terms.Where(term => term.End > now && term.End > term.Start).OrderBy(term => term.Start))
        {
            if (term.Start > (end ?? term.Start))
                break;
            end = end > term.End ? end : term.End;
        }

        return end is { } last ? (int)Math.Ceiling((last - now).TotalHours / 24) : null;
    }

    private static IEnumerable<string> Expiry(DateTimeOffset now, IEnumerable<LicenseTerm> terms, bool trial)
    {
        if (DaysLeft(now, terms) is { } days && days < (trial ? 7 : 30))
            yield return $"The license expires in {days} {(days == 1 ? "day" : "days")}.";
    }

    private static IEnumerable<string> Agents(Feature feature)
    {
        if (feature is { Enabled: true, Limit: { } limit, Actual: { } actual } && actual >= limit)
            yield return "As many agent workspaces as the license allows, or more, have been built.";
    }

    /// <summary>Those about active users.</summary>
    internal static IEnumerable<string> Users(Feature feature, long actual)
    {
        if (feature.Limit is not { } limit)
            yield break;
        if (actual > limit)
            yield return $"Too many active users: {actual} are active, the license allows {limit}.";
        else if (feature.Entitlement == Entitlement.GracePeriod)
            yield return $"The license for active users has expired: {actual} are active, it allowed {limit}.";
    }

    /// <summary>Those about AI seats.</summary>
    internal static IEnumerable<string> Seats(Feature feature, long actual)
    {
        if (actual == 0 || feature.Entitlement == Entitlement.NotEntitled || feature.Limit is not { } limit)
            yield break;
        if (feature.Entitlement == Entitlement.GracePeriod)
            yield return $"The license for AI seats has expired: {actual} are used, it allowed {limit}.";
        if (limit <= 0)
            yield break;
        if (actual > limit)
            yield return $"AI seats are over the limit: {actual} are used, {limit} are licensed, {actual - limit} too many.";
        else if (actual * 10 >= limit * (decimal)9)
            yield return $"AI seats are near the limit: {actual * 100 / limit} percent of them are used.";
    }
}
