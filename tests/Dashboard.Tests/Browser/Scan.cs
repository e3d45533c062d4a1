using Deque.AxeCore.Commons;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The accessibility scan. It runs in the page itself: no page has frames whose findings would have to be put together in a window of their own.</summary>
internal static class Scan
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Where script is off no timer ends and no event comes, but promises are kept: the scan would wait for ever. Its long timers give up on what is not there.
    // Off by default, and voice control depends on it: a name holds the text that is seen (WCAG 2.5.3).
    // Of what passes one element of a rule is named, not all of them.
    private const string Run =
        """
        async () => {
          if (matchMedia('(scripting: none)').matches)
            window.setTimeout = act => { Promise.resolve().then(act); return 0; };
          const { passes, violations } = await axe.run({ resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } });
          return passes.length ? violations.map(one => `${one.id} (${one.impact}): ${one.nodes.map(node => node.target.join(' ')).join(' | ')}`) : ['nothing was looked at'];
        }
        """;

    /// <summary>What it finds on the page as it stands, with script or without: the rule, how grave it is, and where.</summary>
    public static async Task<string[]> FaultsOfScanAsync(this Visit visit)
    {
        if (!await visit.Page.EvaluateAsync<bool>("() => 'axe' in window"))
            await visit.Page.EvaluateAsync(Axe);
        return await visit.Page.EvaluateAsync<string[]>(Run);
    }
}
