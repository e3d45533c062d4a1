using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Features;

/// <summary>What everybody gets without a license: <c>Entitlements:CommunityFeatures</c>, by default all that the modules implement. Limits always need a license.</summary>
internal sealed class CommunityFeatures(IConfiguration configuration, IEnumerable<RegisteredModule> modules) : IStartCheck
{
    private const string Key = "Entitlements:CommunityFeatures";

    /// <summary>The setting, which can be judged only when every module is known.</summary>
    public static SettingDeclaration Declared { get; } = new Declaration();

    private IReadOnlyList<string>? _names;

    /// <summary>Everything that some module implements, limits among them.</summary>
    public IReadOnlySet<string> Implemented { get; } = modules.SelectMany(module => module.Features).ToHashSet();

    public IReadOnlyList<string> Names => _names ??= Read(configuration.GetSection(Key));

    public void Check()
    {
        if (Implemented.FirstOrDefault(name => FeatureCatalog.Find(name) is null) is { } stray)
            throw new InvalidOperationException($"A module declares the feature {stray}, which the catalog of features does not have.");
        _ = Names;
    }

    private List<string> Read(IConfigurationSection section)
    {
        var grantable = FeatureCatalog.Switches.Select(feature => feature.Name).Where(Implemented.Contains).ToList();
        var entries = section.GetChildren().Select(entry => entry.Value ?? "").ToList();
        if (entries.Count == 0 && section.Value is null)
            return grantable;

        // One value with commas is the form that fits into an environment variable.
        entries.Add(section.Value ?? "");
        var names = entries.SelectMany(entry => entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        return names.Find(name => !grantable.Contains(name)) is { } other
            ? throw new SettingException(Key, $"\"{other}\" {WhyNot(other)}. Write names apart by commas: {string.Join(", ", grantable)}.")
            : names;
    }

    private sealed class Declaration() : SettingDeclaration(
        CommunityFeatures.Key, "all that the modules implement and that are no limits", "features granted without a license, apart by commas; empty grants none")
    {
        public override void Check(IConfiguration configuration, IReadOnlyCollection<RegisteredModule> modules) => _ = new CommunityFeatures(configuration, modules).Names;
    }

    private static string WhyNot(string name) => FeatureCatalog.Find(name) switch
    {
        null => "is no feature",
        { Kind: FeatureKind.Switch } => "is a feature that no module of this server implements",
        _ => "is a limit, which needs a license",
    };
}
