using System.Diagnostics;
using System.Security.Cryptography;

namespace Monolith.Client.Tests;

/// <summary>The programs of <c>node/package-lock.json</c>, installed into the temporary folder once for each content of that file.</summary>
internal static class NodeTools
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "Client.Tests", "node");
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>Skips the test where there is no Node, and fails it where all tests must run.</summary>
    public static void SkipWithoutNode()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "npm")));
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") == "true", "CI=true, and there is no npm on the PATH: install nodejs (18 or newer) and npm.");
        Skip.IfNot(isThere, "Skipped: there is no npm on the PATH. Node 18 or newer runs the TypeScript client and the linters.");
    }

    /// <summary>A new folder with the files of <c>node/</c> and the installed packages.</summary>
    public static async Task<string> FolderAsync()
    {
        var folder = Directory.CreateTempSubdirectory("monolith-node").FullName;
        Copy(folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(await Installed.Value, "node_modules"));
        return folder;
    }

    /// <summary>Runs an installed program; what it prints, and the test fails when it does.</summary>
    public static Task<string> RunAsync(string folder, string program, params string[] arguments) =>
        StartAsync(folder, program is "node" or "npm" or "bash" ? program : Path.Combine(folder, "node_modules", ".bin", program), arguments);

    private static async Task<string> InstallAsync()
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", $"node-{version}");
        if (Directory.Exists(folder))
            return folder;
        // Beside it, and moved when it is complete: another run may be installing, too.
        var half = $"{folder}-{Guid.CreateVersion7():n}";
        Directory.CreateDirectory(half);
        Copy(half);
        await StartAsync(half, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        try
        {
            Directory.Move(half, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(half, recursive: true);
        }
        return folder;
    }

    private static void Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static async Task<string> StartAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var printed = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
        return await output;
    }
}
