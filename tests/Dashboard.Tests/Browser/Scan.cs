using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The accessibility scan.</summary>
internal static class Scan
{
    // Off by default, and voice control depends on it: a name holds the text that is seen (WCAG 2.5.3).
    private static readonly AxeRunOptions Options = new() { Rules = new() { ["label-content-name-mismatch"] = new RuleOptions { Enabled = true } } };

    // Where script is off no timer ends and no event comes, but promises are kept: the scan would wait for ever. Its long timers give up on what is not there.
    private const string EndTimers =
        """
        () => {
          if (matchMedia('(scripting: none)').matches)
            window.setTimeout = act => { Promise.resolve().then(act); return 0; };
        }
        """;

    /// <summary>What it finds on the page as it stands, with script or without.</summary>
    public static async Task<AxeResult> ScanAsync(this Visit visit)
    {
        await visit.Page.EvaluateAsync(EndTimers);
        return await visit.Page.RunAxe(Options);
    }
}
