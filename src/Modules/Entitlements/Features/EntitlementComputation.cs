using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Features;

/// <summary>From licenses and counts to entitlements (specification 1.6, contract section 3). Pure; one object computes once.</summary>
internal sealed class EntitlementComputation(DateTimeOffset now, UsageCounts counts)
{
    private static readonly DateTimeOffset DefaultAgentsFrom = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UsagePeriod DefaultAgentsPeriod = new(DefaultAgentsFrom, DefaultAgentsFrom, DefaultAgentsFrom.AddYears(100));

    private readonly Dictionary<string, Feature> _features = FeatureCatalog.All.ToDictionary(
        feature => feature.Name,
        feature => new Feature(Entitlement.NotEntitled, false, Actual: feature.Name == FeatureNames.UserLimit ? counts.ActiveUsers : null));

    private readonly List<string> _errors = [];
    private readonly List<LicenseClaims> _valid = [];
    private readonly List<LicenseTerm> _terms = [];

    /// <param name="now">The moment to judge at.</param>
    /// <param name="refreshedAt">When the licenses were read.</param>
    /// <param name="licenses">In any order.</param>
    /// <param name="communityFeatures">What needs no license.</param>
    /// <param name="counts">What is used.</param>
    /// <param name="implemented">What a license can enable; null for a tool, which knows no modules.</param>
    public static DeploymentEntitlements Compute(
        DateTimeOffset now,
        DateTimeOffset refreshedAt,
        IEnumerable<StoredLicense> licenses,
        IEnumerable<string> communityFeatures,
        UsageCounts counts,
        IReadOnlySet<string>? implemented = null)
    {
        var computation = new EntitlementComputation(now, counts);
        foreach (var name in communityFeatures)
            computation.Offer(name, new Feature(Entitlement.Entitled, true));
        foreach (var license in licenses)
            computation.Add(license);
        if (implemented is not null)
            computation.DisableAllBut(implemented);
        return computation.Answer(refreshedAt);
    }

    // Last, so that which offer wins does not depend on the modules.
    private void DisableAllBut(IReadOnlySet<string> implemented)
    {
        foreach (var (name, feature) in _features.Where(feature => feature.Value.Enabled && !implemented.Contains(feature.Key)))
            _features[name] = feature with { Enabled = false };
    }

    private DeploymentEntitlements Answer(DateTimeOffset refreshedAt)
    {
        // Only the winner's period is counted, so the count comes after the offers.
        if (_features[FeatureNames.ManagedAgentLimit] is { UsagePeriod: not null } agents)
            _features[FeatureNames.ManagedAgentLimit] = agents with { Actual = counts.ManagedAgents };
        var trial = _valid.Count > 0 && _valid.TrueForAll(claims => claims.Trial);
        var warnings = EntitlementWarnings.Write(now, _features, counts, _terms, _valid.Count > 0, trial);
        return new(_features, [.. warnings], _errors, _valid.Count > 0, trial, _valid.Exists(claims => claims.RequireTelemetry), refreshedAt);
    }

    private void Add(StoredLicense license)
    {
        if (license.Token.Claims is not { } claims)
        {
            Refuse(license, license.Token.Fault!);
            return;
        }

        var verdict = LicenseRules.Judge(claims, now);
        if (verdict.Fault is { } fault)
        {
            Refuse(license, fault);
            return;
        }

        _terms.Add(new LicenseTerm(claims.NotBefore!.Value, claims.LicenseExpires!.Value));
        if (verdict.Standing == LicenseStatus.NotYetValid)
            return;

        _valid.Add(claims);
        Grant(license, claims, verdict.Standing == LicenseStatus.Grace ? Entitlement.GracePeriod : Entitlement.Entitled);
    }

    private void Grant(StoredLicense license, LicenseClaims claims, Entitlement entitlement)
    {
        var set = claims.EffectiveSet;

        // The switches of a set are found in any case, this default only by the exact name (specification 1.6, step 6).
        if (set == "premium")
            Offer(FeatureNames.ManagedAgentLimit, new Feature(entitlement, true, 1000, UsagePeriod: DefaultAgentsPeriod));
        foreach (var feature in FeatureCatalog.InSet(set))
            Offer(feature.Name, new Feature(entitlement, true));
        foreach (var (name, value) in claims.Features)
            GrantSingle(FeatureCatalog.Current(name), value, claims, entitlement);
        foreach (var addon in claims.Addons)
            GrantAddon(license, addon, entitlement);
    }

    private void GrantSingle(string name, long value, LicenseClaims claims, Entitlement entitlement)
    {
        if (FeatureCatalog.Find(name) is not { } feature || value < 0)
            return;
        if (feature.Kind == FeatureKind.PeriodLimit)
        {
            var period = new UsagePeriod(claims.IssuedAt!.Value, claims.NotBefore!.Value, claims.Expires!.Value);
            Offer(name, new Feature(entitlement, value > 0, value, UsagePeriod: period));
        }
        else if (value > 0)
        {
            Offer(name, feature.Kind == FeatureKind.Limit ? new Feature(entitlement, true, value, ActualOf(name)) : new Feature(entitlement, true));
        }
    }

    private void GrantAddon(StoredLicense license, string addon, Entitlement entitlement)
    {
        if (addon != "ai_governance")
            return;
        if (_features[FeatureNames.AiGovernanceUserLimit].Limit is null)
        {
            Refuse(license, $"The add-on {addon} needs the feature {FeatureNames.AiGovernanceUserLimit}, which no license grants so far.");
            return;
        }

        Offer(FeatureNames.AiBridge, new Feature(entitlement, true));
        Offer("boundary", new Feature(entitlement, true));
    }

    private long ActualOf(string name) => name == FeatureNames.UserLimit ? counts.ActiveUsers : counts.AiSeats;

    private void Offer(string name, Feature offer) => _features[name] = FeatureMerge.Better(_features[name], offer);

    private void Refuse(StoredLicense license, string cause) => _errors.Add($"License {license.Uuid}: {cause}");
}
