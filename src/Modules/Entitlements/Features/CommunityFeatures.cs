using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Features;

/// <summary>What everybody gets without a license: <c>Entitlements:CommunityFeatures</c>. Limits always need a license.</summary>
internal sealed class CommunityFeatures(IConfiguration configuration)
{
    private const string Key = "Entitlements:CommunityFeatures";

    public IReadOnlyList<string> Names { get; } = Read(configuration.GetSection(Key));

    private static List<string> Read(IConfigurationSection section)
    {
        var entries = section.GetChildren().Select(entry => entry.Value ?? "").ToList();
        if (entries.Count == 0 && section.Value is null)
            return [.. FeatureCatalog.Switches.Select(feature => feature.Name)];

        // One value with commas is the form that fits into an environment variable.
        entries.Add(section.Value ?? "");
        var names = entries.SelectMany(entry => entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        return names.Find(name => FeatureCatalog.Find(name) is not { Kind: FeatureKind.Switch }) is { } unknown
            ? throw new SettingException(Key, $"\"{unknown}\" is no feature that can be granted without a license. Write names apart by commas: {string.Join(", ", FeatureCatalog.Switches.Select(feature => feature.Name))}.")
            : names;
    }
}
