using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Licensing;

/// <summary>The public keys that licenses are trusted by, from <c>Licensing:TrustedKeys</c>.</summary>
internal sealed class KeyRing
{
    private const string Section = "Licensing:TrustedKeys";

    /// <summary>The setting: one key for each id.</summary>
    public static SettingDeclaration Declared { get; } = new DeclaredSetting<Dictionary<string, byte[]>>(
        Section, "", "base64 of an Ed25519 public key that may sign licenses", (configuration, _) => Read(configuration)) { Each = "kid" };

    private readonly Dictionary<string, byte[]> _keys;
    private readonly Lazy<byte[]>? _development;

    public KeyRing(IConfiguration configuration, IHostEnvironment environment)
        : this(configuration, environment.IsDevelopment())
    {
    }

    private KeyRing(IConfiguration configuration, bool isDevelopment)
    {
        _keys = Read(configuration);
        if (isDevelopment)
            _development = new(() => DevelopmentKey.LoadOrCreate(DevelopmentKey.DirectoryOf(configuration)).PublicKey);
    }

    /// <summary>The keys of the settings and the development key, for the command line: there is no host environment.</summary>
    public static KeyRing ForTools(IConfiguration configuration) => new(configuration, isDevelopment: true);

    /// <summary>The raw key, or null for an id that is not trusted.</summary>
    public byte[]? Find(string kid)
    {
        if (_keys.TryGetValue(kid, out var key))
            return key;
        return kid == DevelopmentKey.Id ? _development?.Value : null;
    }

    /// <exception cref="SettingException">A key cannot be read.</exception>
    public static Dictionary<string, byte[]> Read(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().ToDictionary(key => key.Key, Decode, StringComparer.Ordinal);

    private static byte[] Decode(IConfigurationSection entry)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(entry.Value ?? "", key, out var length) && length == 32
            ? key[..32]
            : throw new SettingException(entry.Path, "must be the standard base64 of a raw 32-byte Ed25519 public key, as `license keygen` prints it.");
    }
}
