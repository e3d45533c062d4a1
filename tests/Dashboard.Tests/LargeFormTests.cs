using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>A form over 1 MiB is refused in clear words, and is not called expired.</summary>
[Collection(SiteCollection.Name)]
public sealed class LargeFormTests(Site site)
{
    private const string Words = "This form is too large.";

    private static readonly string Text = new('x', (1 << 20) + 1);

    [SkippableTheory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    public async Task A_page_of_its_own_without_script(bool asFile, int times)
    {
        await using var visit = await site.OpenAsync("/licenses/upload", options: new(Script: false));
        await FillAsync(visit.Page.Locator("main"), asFile, times);
        var answer = await visit.Page.RunAndWaitForResponseAsync(() => SendAsync(visit.Page.Locator("main")), one => one.Request.Method == "POST");
        Assert.Equal(413, answer.Status);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Words);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("At most 1 MiB is accepted.");
    }

    [SkippableFact]
    public async Task A_message_in_the_dialog_which_keeps_what_was_typed()
    {
        await using var visit = await site.OpenAsync("/licenses");
        await visit.Page.Locator("#upload").ClickAsync();
        await FillAsync(visit.Dialog, asFile: false);
        await SendAsync(visit.Dialog);
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(Words);
        Assert.Equal(Text.Length, (await visit.Dialog.Locator("textarea").InputValueAsync()).Length);
    }

    private static Task FillAsync(ILocator place, bool asFile, int times = 1) => asFile
        ? place.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "license.jwt", MimeType = "text/plain", Buffer = System.Text.Encoding.ASCII.GetBytes(Text.PadRight(Text.Length * times)) })
        : place.Locator("textarea").FillAsync(Text);

    private static Task SendAsync(ILocator place) => place.GetByRole(AriaRole.Button, new() { Name = "Upload license", Exact = true }).ClickAsync();
}
