using Monolith.Api.Deployment;
using Monolith.Api.Http.Limits;
using Monolith.Data;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Every setting of the program: those of the host, of the building blocks and of the modules. It validates a start, answers <c>config</c>, and writes the reference.</summary>
internal static class SettingCatalog
{
    // The framework's own, and what other programs put into the environment.
    private static readonly string[] Foreign = ["Logging", "Kestrel", "HttpsPolicy", "Console", HostDefaults.HostSection];

    private static readonly Lazy<IReadOnlyList<SettingDeclaration>> LazyAll = new(() =>
    [
        .. Database.Declared,
        .. SessionLimits.Declared,
        ListenSettings.Declared,
        .. Drain.Settings.Declared,
        .. ProxySettings.Declared,
        .. LimitSettings.Declared,
        LoggingSettings.Declared,
        .. TelemetrySettings.Declared,
        .. DataRegistration.Settings,
        ApiVersion.Declared,
        .. Modules.All.SelectMany(module => module.Settings),
    ]);

    /// <summary>All, in the order of the reference.</summary>
    public static IReadOnlyList<SettingDeclaration> All => LazyAll.Value;

    /// <summary>Reads every setting, and looks for keys that none has.</summary>
    /// <exception cref="SettingException">Names everything that is wrong at once.</exception>
    public static void Check(IConfiguration configuration)
    {
        var faults = All.Select(setting => FaultOf(setting, configuration)).OfType<string>().Concat(Unknown(configuration)).Distinct().ToList();
        if (faults.Count > 0)
            throw SettingException.Of(faults);
    }

    private static string? FaultOf(SettingDeclaration setting, IConfiguration configuration)
    {
        try
        {
            setting.Check(configuration, Modules.All);
            return null;
        }
        catch (SettingException fault)
        {
            return fault.Message;
        }
    }

    private static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        var sections = All.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => setting.Key.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetChildren().Where(section => section.GetChildren().Any()))
        {
            if (string.Equals(section.Key, "Modules", StringComparison.OrdinalIgnoreCase))
                yield return "Modules: modules are not switched on and off by settings. Which there are is decided when the program is built, in src/Api/Modules.cs.";
            else if (sections.Contains(section.Key))
                foreach (var key in Leaves(section).Where(key => !IsKnown(key)))
                    yield return $"{Form(key)}: there is no such setting.{Nearest.Question(Form(key), Names())}";
            else if (!Foreign.Contains(section.Key, StringComparer.OrdinalIgnoreCase) && Nearest.To(section.Key, sections) is { } meant)
                foreach (var key in Leaves(section))
                    yield return $"{Form(key)}: there is no such setting.{Nearest.Question($"{meant}{Form(key)[section.Key.Length..]}", Names())}";
        }
    }

    private static IEnumerable<string> Names() => All.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => setting.Name);

    private static IEnumerable<string> Leaves(IConfigurationSection section) =>
        section.GetChildren().ToList() is { Count: > 0 } children ? children.SelectMany(Leaves) : [section.Path];

    // An entry of a list has a number behind its key.
    private static bool IsKnown(string key) => All.Any(setting =>
        string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)
        || (key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase)
            && key[(setting.Key.Length + 1)..] is { Length: > 0 } rest && (setting.Each is not null ? !rest.Contains(':', StringComparison.Ordinal) : rest.All(char.IsAsciiDigit))));

    private static string Form(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
