using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Contracts;

/// <summary>The key pair that a Development environment makes for itself and trusts.</summary>
public static class DevelopmentKey
{
    /// <summary>Its key id.</summary>
    public const string Id = "development";

    private const string FileName = "development.key";

    private static readonly DeclaredSetting<string?> Folder = DeclaredSetting.Text(
        "Licensing:DevelopmentKeyDirectory", "local application data", "where the Development environment keeps the key that it makes, and signs licenses with");

    /// <summary>The setting.</summary>
    internal static SettingDeclaration Declared => Folder;

    /// <summary><c>Licensing:DevelopmentKeyDirectory</c>; by default below the user's local application data.</summary>
    public static string DirectoryOf(IConfiguration configuration) => Folder.Read(configuration) ?? Path.Combine(LocalData(), "monolith", "licensing");

    /// <summary>Reads the key, or makes it: a file of base64 that only the user can read. Several processes may start at once.</summary>
    public static KeyPair LoadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            Create(directory, path);
        return LicenseTool.FromPrivateKey(Convert.FromBase64String(File.ReadAllText(path).Trim()));
    }

    private static void Create(string directory, string path)
    {
        Directory.CreateDirectory(directory);
        var draft = Path.Combine(directory, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(Convert.ToBase64String(LicenseTool.GenerateKeyPair().PrivateKey));

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key is the key.
            File.Delete(draft);
        }
    }

    private static string LocalData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? folder
            : Path.GetTempPath();
}
