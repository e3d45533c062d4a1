using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>What the removal of a license changes, in sentences: limits that fall, and features that nobody else allows.</summary>
internal static class RemovalEffects
{
    private static readonly (string Name, string Text)[] Limits = [(FeatureNames.UserLimit, Texts.Users), (FeatureNames.AiGovernanceUserLimit, Texts.AiSeats)];

    public static IReadOnlyList<string> Of(DeploymentEntitlements now, DeploymentEntitlements then)
    {
        List<string> effects = [.. Limits.Select(limit => OfLimit(limit.Text, now.Features[limit.Name], then.Features[limit.Name])).OfType<string>()];
        var lost = now.Features.Where(feature => feature.Value is { Enabled: true, Limit: null } && !then.Features[feature.Key].Enabled && Array.TrueForAll(Limits, limit => limit.Name != feature.Key))
            .Select(feature => FeatureCatalog.Find(feature.Key)?.HumanName ?? FeatureCatalog.Humanize(feature.Key)).Order(StringComparer.Ordinal).ToList();
        if (lost.Count > 0)
            effects.Add(Phrase.Of(Texts.RemovalStops, string.Join(", ", lost)));
        return effects.Count > 0 ? effects : [Texts.RemovalNothing];
    }

    private static string? OfLimit(string what, Feature now, Feature then) => (now.Enabled ? now.Limit : null, then.Enabled ? then.Limit : null) switch
    {
        (null, _) => null,
        ({ } before, null) => Phrase.Of(Texts.RemovalEnds, what, Phrase.Number(before), Phrase.Number(now.Actual ?? 0)),
        ({ } before, { } after) when after != before => Phrase.Of(Texts.RemovalFalls, what, Phrase.Number(before), Phrase.Number(after), Phrase.Number(now.Actual ?? 0)),
        _ => null,
    };
}
