namespace Monolith.Dashboard.Tests.Browser;

/// <summary>The way of the keyboard through a page.</summary>
internal static class Focus
{
    private const int Most = 500;

    // Behind the last stop the key belongs to the browser, which may never tell that it was pressed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Where the focus stands now, and what is wrong there; nothing once the walk is over.
    private const string Look =
        """
        () => {
          const one = document.activeElement;
          const seen = window.walked ??= new Set();
          // The parts of a date are stops of their own, in one element.
          if (one === window.lastStop && one?.type === 'date') return '';
          if (!one || one === document.body || seen.has(one)) return null;
          window.lastStop = one;
          seen.add(one);
          const box = one.getBoundingClientRect();
          const rings = [one, one.closest('label'), one.parentElement].filter(place => place).map(place => getComputedStyle(place));
          const ring = rings.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
          const [x, y] = [box.x + Math.min(box.width / 2, 30), box.y + Math.min(box.height / 2, 300)];
          const at = document.elementFromPoint(x, y);
          const faults = [];
          if (!one.matches(':focus-visible') || !ring) faults.push('no ring');
          if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push('out of sight');
          else if (!at || !(one.contains(at) || at.contains(one) || one.labels?.[0]?.contains(at))) faults.push('covered by ' + (at?.outerHTML || 'nothing').slice(0, 80));
          return faults.length ? `${faults.join(', ')}: ${one.outerHTML.slice(0, 140)}` : '';
        }
        """;

    // Of radio buttons of one name a single one is a stop.
    private const string Missed =
        """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
          .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'hidden' && one.type !== 'radio' && one.tabIndex >= 0 && !one.closest('dialog:not([open])'))
          .filter(one => !window.walked?.has(one))
          .map(one => 'never reached: ' + one.outerHTML.slice(0, 140))
        """;

    /// <summary>Presses Tab until the page is through. Answers each stop that is not seen or does not show the focus, and what is no stop though it should be one.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfWalkAsync(this Visit visit)
    {
        var faults = new List<string>();
        // A page may put the focus into its first field; the walk begins at the top.
        await visit.Page.EvaluateAsync("() => { document.activeElement?.blur(); const top = document.createElement('span'); top.tabIndex = -1; document.body.prepend(top); top.focus(); top.remove(); }");
        var stops = 0;
        while (stops++ < Most)
        {
            if (!await PressAsync(visit) || await visit.Page.EvaluateAsync<string?>(Look) is not { } fault)
                break;
            if (fault.Length > 0)
                faults.Add(fault);
        }

        faults.AddRange(await visit.Page.EvaluateAsync<string[]>(Missed));
        if (stops < 5)
            faults.Add($"{stops} stops only");
        return faults;
    }

    private static async Task<bool> PressAsync(Visit visit)
    {
        try
        {
            await visit.Page.Keyboard.PressAsync("Tab").WaitAsync(Patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
