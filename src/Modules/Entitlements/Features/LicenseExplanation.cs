using System.Globalization;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Features;

/// <summary>Puts one license into words. One object explains once.</summary>
internal sealed class LicenseExplanation(DateTimeOffset now, UsageCounts counts)
{
    private readonly List<KeyValuePair<string, string>> _lines = [];

    public LicenseReport Explain(string token, KeyRing keys)
    {
        var verified = LicenseToken.Verify(token, keys);
        Say("Signature", verified.Fault ?? SignedBy(verified.KeyId!));
        var claims = verified.Claims ?? LicenseClaims.From(LicenseToken.Payload(token));
        if (verified.Claims is null && claims is { Version: null, AccountId: null })
            return new LicenseReport(false, _lines);
        if (verified.Claims is null)
            Say("Claims", "not proven, because of the signature; they read:");

        var verdict = LicenseRules.Judge(claims, now);
        Say("Status", StatusOf(claims, verdict));
        SayClaims(claims);
        if (verdict.Fault is null)
            SayGrants(claims, verdict.Standing);
        return new LicenseReport(verified.Fault is null && verdict.Fault is null, _lines);
    }

    private static string SignedBy(string kid) =>
        $"valid, by the trusted key {kid}{(kid == DevelopmentKey.Id ? ", which only a Development environment trusts" : "")}";

    private string StatusOf(LicenseClaims claims, LicenseVerdict verdict) => verdict.Standing switch
    {
        LicenseStatus.Valid => $"active: in its paid term for {Days(claims.LicenseExpires!.Value - now)}",
        LicenseStatus.Grace => $"in grace: the paid term is over, it works for {Days(claims.Expires!.Value - now)}",
        LicenseStatus.NotYetValid => $"not yet valid: it starts in {Days(claims.NotBefore!.Value - now)}",
        _ => $"refused: {verdict.Fault}",
    };

    private void SayClaims(LicenseClaims claims)
    {
        Say("Account", $"{claims.AccountId ?? "missing"} ({claims.AccountType ?? "no type"})");
        Say("Id", claims.Id?.ToString() ?? "none that is a uuid; one is made at upload");
        Say("Issued", Time(claims.IssuedAt));
        Say("Starts", Time(claims.NotBefore));
        Say("Paid until", Time(claims.LicenseExpires));
        Say("Grace until", claims.Expires == claims.LicenseExpires ? "no grace" : Time(claims.Expires));
        Say("Feature set", SetOf(claims));
        Say("Add-ons", claims.Addons.Count == 0 ? "none" : string.Join(", ", claims.Addons));
        Say("Trial", claims.Trial ? "yes" : "no");
        Say("Telemetry", claims.RequireTelemetry ? "required" : "not required");
        Say("Deployments", claims.DeploymentIds.Count == 0 ? "any" : string.Join(", ", claims.DeploymentIds));
        foreach (var (name, value) in claims.Features.Where(grant => IsIgnored(grant.Key, grant.Value)))
            Say("Ignored", $"{name}={Number(value)}, {(FeatureCatalog.Find(name) is null ? "a feature that this version does not know" : "which grants nothing")}");
    }

    private void SayGrants(LicenseClaims claims, LicenseStatus standing)
    {
        var begins = standing == LicenseStatus.NotYetValid;
        var moment = begins ? claims.NotBefore!.Value : now;
        var answer = EntitlementComputation.Compute(moment, moment, [new StoredLicense(Guid.Empty, new LicenseToken(claims, null, null))], [], counts);
        foreach (var (name, feature) in answer.Features.Where(feature => feature.Value is { Entitlement: not Entitlement.NotEntitled, Limit: not null }))
            Say("Limit", $"{name} = {Number(feature.Limit!.Value)}{Counted(feature)}");
        var switches = answer.Features.Where(feature => feature.Value is { Enabled: true, Limit: null }).Select(feature => feature.Key).ToList();
        Say("Features", switches.Count == 0 ? "none" : string.Join(", ", switches));
        foreach (var error in answer.Errors)
            Say("Error", error[(error.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        foreach (var warning in begins ? [] : answer.Warnings)
            Say("Warning", warning);
    }

    private static bool IsIgnored(string name, long value) => FeatureCatalog.Find(FeatureCatalog.Current(name)) switch
    {
        null => true,
        { Kind: FeatureKind.PeriodLimit } => value < 0,
        _ => value <= 0,
    };

    private static string SetOf(LicenseClaims claims) => claims.EffectiveSet switch
    {
        "" => "none",
        var set when !FeatureCatalog.InSet(set).Any() => $"{set}, which this version does not know",
        var set => claims.FeatureSet.Length == 0 ? $"{set}, by the legacy claim all_features" : set,
    };

    private static string Counted(Feature feature) => feature.UsagePeriod is { } period
        ? $" from {Time(period.Start)} to {Time(period.End)}"
        : "";

    // Rounded up, as in the warning about the end.
    private static string Days(TimeSpan time) => time.TotalDays < 1
        ? $"{Number((long)Math.Ceiling(time.TotalHours))} hours"
        : $"{Number((long)Math.Ceiling(time.TotalDays))} days";

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "missing";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Say(string label, string text) => _lines.Add(KeyValuePair.Create(label, text));
}
