using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The accessibility scan.</summary>
internal static class Scan
{
    // Off by default, and voice control depends on it: a name holds the text that is seen (WCAG 2.5.3).
    private static readonly AxeRunOptions Options = new() { Rules = new() { ["label-content-name-mismatch"] = new RuleOptions { Enabled = true } } };

    /// <summary>What it finds on the page as it stands.</summary>
    public static Task<AxeResult> ScanAsync(this Visit visit) => visit.Page.RunAxe(Options);
}
