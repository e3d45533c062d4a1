using Microsoft.Playwright;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The Chromium of this machine; none is ever downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The program, or null.</summary>
    public static string? Path { get; } = Find();

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        Args = ["--no-sandbox", "--disable-dev-shm-usage"],
    });

    /// <summary>Without Chromium a browser test is skipped; on a build server, which has to have one, it fails.</summary>
    public static void Require()
    {
        if (Path is not null)
            return;
        const string Missing = "There is no Chromium on this machine: install it (Debian: apt-get install chromium; macOS: brew install --cask chromium), or set MONOLITH_CHROMIUM to the program.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
        Skip.If(true, Missing);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MONOLITH_CHROMIUM") is { Length: > 0 } chosen)
            return chosen;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
