using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Monolith.Members.Contracts;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>One window. When it closes, the console must be free of errors: a blocked style or script is one.</summary>
public sealed class Visit : IAsyncDisposable
{
    // What waits for the page itself, such as a key or a script, has no limit of its own.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];
    private readonly CancellationTokenSource _closing = new();

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        Page.Request += (_, request) => Requests.Enqueue(new Uri(request.Url));
        _ = CloseLateAsync();
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the page and its script asked for, redirects as well.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = [];

    /// <summary>Path and query of the address.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>The dialog in front.</summary>
    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>The rows of the table of people.</summary>
    public ILocator Rows => Page.Locator("#people tbody tr");

    /// <summary>Opens a window.</summary>
    public static async Task<Visit> OpenAsync(IBrowser browser, Uri address, string? token, string path, WindowOptions options)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            JavaScriptEnabled = options.Script,
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
        });
        context.SetDefaultTimeout(20_000);
        if (token is not null)
            await context.AddCookiesAsync([new Cookie { Name = SessionCookieNames.Session, Value = token, Url = address.ToString(), HttpOnly = true }]);
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Page.PageError += (_, error) => visit._errors.Add(error);
        visit.Page.Console += (_, message) =>
        {
            // A status of 4xx is an answer here, not a fault.
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
                visit._errors.Add(message.Text);
        };
        await visit.Page.GotoAsync(path);
        return visit;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _context.DisposeAsync();
        _closing.Dispose();
        Assert.Empty(_errors);
    }

    // A test that waits for ever fails instead.
    private async Task CloseLateAsync()
    {
        try
        {
            await Task.Delay(Longest, _closing.Token);
            await _context.CloseAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>The row of a person.</summary>
    public ILocator Row(string username) => Page.Locator($"#row-{username}");

    /// <summary>Opens the menu of a row and chooses an action.</summary>
    public async Task ChooseAsync(string username, string action)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {username}", Exact = true }).ClickAsync();
        await Page.Locator($"#menu-{username}").GetByRole(AriaRole.Link, new() { Name = action }).ClickAsync();
    }

    /// <summary>Presses a button of the dialog.</summary>
    public Task ConfirmAsync(string button) => Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Waits until the address has this in it. A swapped page loads nothing, so waiting for a load would wait for ever.</summary>
    public Task ArrivesAsync(string pattern) => Assertions.Expect(Page).ToHaveURLAsync(new Regex(pattern, RegexOptions.IgnoreCase));

    /// <summary>Waits until the page says something.</summary>
    public Task SaysAsync(string text, float? timeout = null) => Assertions.Expect(Page.Locator("[data-flash]")).ToContainTextAsync(text, new() { Timeout = timeout });

    /// <summary>The id of the element that has the focus.</summary>
    public Task<string> FocusAsync() => Page.EvaluateAsync<string>("() => document.activeElement.id");
}
