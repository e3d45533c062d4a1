using Monolith.EmbeddedPostgres;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>A Chromium that apt obtains for a Debian machine without one: downloaded with the libraries that are missing and unpacked into the temporary folder, which needs no root and installs nothing.</summary>
internal static class ChromiumPackage
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "chromium");
    private static readonly string Program = Path.Combine(Folder, "usr", "lib", "chromium", "chromium-headless-shell");

    /// <summary>The environment of the program: that of the tests, with the libraries and fonts that came along.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables
    {
        get
        {
            var all = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
            var libraries = new[] { "usr/lib", "lib" }.Select(name => Path.Combine(Folder, name)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu"));
            all["LD_LIBRARY_PATH"] = string.Join(':', libraries);
            if (Directory.Exists(Path.Combine(Folder, "etc", "fonts")))
                all["FONTCONFIG_SYSROOT"] = Folder;
            return all;
        }
    }

    /// <summary>The program.</summary>
    /// <exception cref="IOException">It cannot be had here; the message tells why.</exception>
    public static async Task<string> ObtainAsync()
    {
        if (File.Exists(Program))
            return Program;
        // Beside it, and moved when it is complete: another run may be obtaining it, too.
        var half = Directory.CreateDirectory($"{Folder}-{Guid.CreateVersion7():n}").FullName;
        var archives = Directory.CreateDirectory(Path.Combine(half, "archives", "partial")).Parent!.FullName;
        try
        {
            await RunAsync("apt-get", "-q", "-y", "-o", "Debug::NoLocking=1", "-o", $"Dir::Cache::archives={archives}/", "--no-install-recommends", "--download-only", "install", "chromium-headless-shell");
            foreach (var archive in Directory.EnumerateFiles(archives, "*.deb"))
                await RunAsync("dpkg-deb", "-x", archive, half);
            Directory.Delete(archives, recursive: true);
            Directory.Move(half, Folder);
        }
        catch (IOException) when (File.Exists(Program))
        {
        }
        finally
        {
            if (Directory.Exists(half))
                Directory.Delete(half, recursive: true);
        }
        return Program;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var ended = await ChildProcess.RunAsync(program, arguments, null, CancellationToken.None);
        if (ended.ExitCode == 127)
            throw new IOException($"there is no {program} to obtain one with");
        if (ended.ExitCode != 0)
            throw new IOException($"{program} could not obtain one ({ended.Text})");
    }
}
