using Microsoft.Playwright;
using Monolith.EmbeddedPostgres;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The Chromium of this machine, else one that apt obtains.</summary>
internal static class Chromium
{
    /// <summary>Names the program; <c>none</c> skips the browser tests.</summary>
    private const string Variable = "MONOLITH_CHROMIUM";

    // The shell is the same browser without the windows of a desktop: opening a page takes a quarter of the processor time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string? Chosen = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : null;
    private static readonly Lazy<Task<string?>> Program = new(FindAsync);
    private static string? _missing;

    /// <summary>A running browser, or null where there is none: <see cref="Require"/> tells each test why.</summary>
    public static async Task<IBrowser?> LaunchAsync(IPlaywright playwright) => await Program.Value is { } program
        ? await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            Env = IsInstalled ? null : ChromiumPackage.Variables,
        })
        : null;

    /// <summary>Fails the test where there is no browser and none could be had. It is skipped only for who said so.</summary>
    public static void Require()
    {
        Skip.If(Chosen == "none", $"{Variable} is none.");
        if (_missing is { } reason)
            Assert.Fail($"There is no Chromium, and {reason}. Install it (Debian: apt-get install chromium-headless-shell; macOS: brew install --cask chromium), set {Variable} to the program, or to none to skip the browser tests.");
    }

    private static bool IsInstalled => Chosen is not null || Installed() is not null;

    private static async Task<string?> FindAsync()
    {
        if (Chosen == "none")
            return null;
        if ((Chosen ?? Installed()) is { } found)
            return found;
        try
        {
            return await ChromiumPackage.ObtainAsync();
        }
        catch (IOException problem)
        {
            _missing = problem.Message;
            return null;
        }
    }

    private static string? Installed() => Names.Select(SearchEnvironment.Current(null).FindCommand).FirstOrDefault(found => found is not null);
}
