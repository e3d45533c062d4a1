using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;
using Standing = Monolith.Entitlements.Dashboard.LicenseCard.Standing;

namespace Monolith.Entitlements.Dashboard;

/// <summary>What a card shows of a license, read from its claims and from what the entitlements say about it.</summary>
internal static class LicenseFacts
{
    private static readonly string[] Limits = [FeatureNames.UserLimit, FeatureNames.AiGovernanceUserLimit];

    /// <summary>Latest expiry first.</summary>
    public static IReadOnlyList<LicenseCard.Facts> Of(IEnumerable<License> licenses, DeploymentEntitlements entitlements, DateTimeOffset now) =>
        [.. licenses.Select(license => Of(license, entitlements, now)).OrderByDescending(facts => facts.Expires).ThenByDescending(facts => facts.Id)];

    /// <summary>The license in force whose claim is the limit of a feature; null when there is none. Of several, any: they say the same.</summary>
    public static LicenseCard.Facts? Source(IEnumerable<LicenseCard.Facts> licenses, string feature) =>
        licenses.FirstOrDefault(license => license.Limits.Any(limit => limit.Name == Name(feature) && limit.Actual is not null));

    private static LicenseCard.Facts Of(License license, DeploymentEntitlements entitlements, DateTimeOffset now)
    {
        var claims = LicenseClaims.From(license.Claims);
        var fault = Fault(license, entitlements);
        var standing = StandingOf(claims, fault, now);
        List<LicenseCard.LimitLine> limits = [.. Limits.Where(claims.Features.ContainsKey).Select(name => Line(name, claims.Features[name], standing, entitlements))];
        if (limits.Exists(limit => limit.Actual > limit.Value))
            standing = Standing.Exceeded;
        return new(
            license.Id, Kind(claims), claims.AccountId ?? "", standing, fault, claims.NotBefore, claims.LicenseExpires ?? claims.Expires, claims.Expires, license.UploadedAt, limits, Features(claims));
    }

    private static Standing StandingOf(LicenseClaims claims, string? fault, DateTimeOffset now) => claims switch
    {
        { Expires: { } end } when end <= now => Standing.Expired,
        _ when fault is not null => Standing.Refused,
        { NotBefore: { } start } when start > now => Standing.NotStarted,
        { LicenseExpires: { } end } when end <= now => Standing.Grace,
        _ => Standing.Active,
    };

    // Only the license that provides the limit is measured against what is used (dashboard specification 4.3).
    private static LicenseCard.LimitLine Line(string name, long value, Standing standing, DeploymentEntitlements entitlements)
    {
        var feature = entitlements.Features[name];
        var provides = standing is Standing.Active or Standing.Grace && feature.Enabled && feature.Limit == value;
        return new(Name(name), value, provides ? feature.Actual ?? 0 : null);
    }

    private static string? Fault(License license, DeploymentEntitlements entitlements)
    {
        var prefix = $"License {license.Uuid}: ";
        return entitlements.Errors.FirstOrDefault(error => error.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    private static string Kind(LicenseClaims claims)
    {
        if (claims.Trial)
            return Texts.KindTrial;
        return claims.EffectiveSet.ToUpperInvariant() switch
        {
            "PREMIUM" => Texts.KindPremium,
            "" => Texts.KindSingle,
            _ => Texts.KindEnterprise,
        };
    }

    private static string Name(string feature) => feature == FeatureNames.UserLimit ? Texts.Users : Texts.AiSeats;

    private static List<string> Features(LicenseClaims claims)
    {
        var set = FeatureCatalog.InSet(claims.EffectiveSet).Select(feature => feature.HumanName);
        var single = claims.Features.Where(one => one.Value > 0 && !Limits.Contains(one.Key)).Select(one => FeatureCatalog.Find(one.Key)?.HumanName).OfType<string>();
        var addons = claims.Addons.Select(FeatureCatalog.Humanize);
        return [.. set.Concat(single).Concat(addons).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
