using System.Diagnostics;

namespace Monolith.Templates.Tests;

/// <summary>A copy of the repository without what was built, in a temporary folder. It goes away with the test.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private static readonly string[] Left = [".git", "bin", "obj", "TestResults", "artifacts"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    public RepositoryCopy() => Copy(new DirectoryInfo(FindRoot()), Folder);

    /// <summary>The root of the copy.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"monolith-templates-{Guid.CreateVersion7():N}");

    /// <summary>Where templates are installed, apart from those of the account.</summary>
    private string Hive => Path.Combine(Folder, "obj", "hive");

    public Task NewAsync(params string[] arguments) => DotnetAsync(["new", .. arguments, "--debug:custom-hive", Hive]);

    /// <summary>Runs a command in the root of the copy; a failure fails the test with all that was printed.</summary>
    public async Task<string> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        start.Environment["MONOLITH_WRITE_DOCS"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var limit = new CancellationTokenSource(Longest);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            var printed = await output + await error;
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
            return printed;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Puts a line after the only line that ends with <paramref name="mark"/>.</summary>
    public void AddLine(string file, string mark, string line)
    {
        var path = Path.Combine(Folder, file);
        var lines = File.ReadAllLines(path).ToList();
        lines.Insert(lines.IndexOf(Assert.Single(lines, one => one.EndsWith(mark, StringComparison.Ordinal))) + 1, line);
        File.WriteAllLines(path, lines);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(folder => !Left.Contains(folder.Name)))
            Copy(folder, Path.Combine(to, folder.Name));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Monolith.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
