using System.Reflection;
using System.Text.RegularExpressions;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Deployment;

/// <summary>The versions of this server: the one of the API that it speaks, which clients compare with their own, and its own.</summary>
internal sealed partial class ApiVersion
{
    /// <summary>The release of the compatible system whose API this is, where <c>Compatibility:ApiVersion</c> says nothing else.</summary>
    public const string Default = "2.34.0";

    private static readonly DeclaredSetting<ApiVersion> Spoken = new(
        "Compatibility:ApiVersion", $"v{Default}", "the release of Coder that clients take this server for: [clients](clients.md)", Read);

    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared => Spoken;

    private ApiVersion(string spoken) => Text = $"v{spoken}+monolith.{Product}";

    /// <summary>Our own version, such as <c>0.1.0</c>.</summary>
    public static string Product { get; } =
        typeof(ApiVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Three numbers after a <c>v</c>, as desktop apps want them, and our own version as build metadata, which every client leaves out when it compares.</summary>
    public string Text { get; }

    /// <summary>Shown by command lines of another version, instead of the advice to fetch one from us.</summary>
    public string UpgradeMessage { get; } =
        $"This server is Monolith {Product}; your client may stay as it is. Set CODER_NO_VERSION_WARNING=true to silence this notice.";

    /// <exception cref="SettingException">The value is no version.</exception>
    public static ApiVersion Read(IConfiguration configuration) => Spoken.Read(configuration);

    private static ApiVersion Read(IConfiguration configuration, string key)
    {
        if (configuration[key]?.Trim() is not { Length: > 0 } text)
            return new ApiVersion(Default);
        return Semantic().Match(text) is { Success: true } match
            ? new ApiVersion(match.Groups[1].Value)
            : throw new SettingException(key, $"\"{text}\" is no version. Write three numbers, such as v{Default}.");
    }

    // The grammar of semver.org without build metadata, which is ours.
    [GeneratedRegex(@"\Av?((?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}(?:-[0-9A-Za-z-]{1,32}(?:\.[0-9A-Za-z-]{1,32}){0,7})?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Semantic();
}
