using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Names, keyboard and work without script.</summary>
[Collection(SiteCollection.Name)]
public sealed class KeyboardTests(Site site)
{
    [SkippableTheory]
    [InlineData("/users")]
    [InlineData("/organizations/main/members")]
    public async Task N_03_and_N_04_rows_have_the_cells_of_the_header_and_every_control_its_own_name(string path)
    {
        await using var visit = await site.OpenAsync(path);
        await site.ServiceAccountsAsync([site.Unique("named"), site.Unique("named"), site.Unique("named")]);
        await visit.Page.GotoAsync(path);
        await SeatTests.AssertSameCellsAsync(visit);
        var names = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('#people tbody :is(button, input, td > a, small > a)')].map(e => e.getAttribute('aria-label') || e.textContent.trim())");
        var rows = await visit.Rows.CountAsync();
        Assert.True(rows > 3);
        Assert.Equal(rows, names.Count(name => name.StartsWith("Actions for ", StringComparison.Ordinal)));
        Assert.Equal(rows, names.Count(name => name.StartsWith("Select ", StringComparison.Ordinal)));
        Assert.DoesNotContain("", names);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [SkippableFact]
    public async Task N_05_suspending_by_keyboard_alone_and_the_focus_returns_to_the_menu_button()
    {
        await using var visit = await site.OpenAsync("/users");
        var name = await site.PersonAsync("keys");
        await visit.Page.GotoAsync($"/users?filter={name}@example.com");
        await visit.Page.Locator($"#actions-{name}").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.Locator($"#menu-{name} a").First).ToBeFocusedAsync();
        var suspend = visit.Page.Locator($"#menu-{name} a", new() { HasText = "Suspend…" });
        for (var i = 0; i < 8 && !await suspend.EvaluateAsync<bool>("link => link === document.activeElement"); i++)
            await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(suspend).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Dialog.GetByRole(AriaRole.Heading, new() { Name = "Suspend user" })).ToBeFocusedAsync();

        // Esc closes, and the focus is back where it came from.
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        Assert.Equal($"actions-{name}", await visit.FocusAsync());

        await visit.ChooseAsync(name, "Suspend…");
        await Expect(visit.Dialog.GetByRole(AriaRole.Heading, new() { Name = "Suspend user" })).ToBeFocusedAsync();
        for (var i = 0; i < 3; i++)
            await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Suspend" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SaysAsync("is suspended");
        await Expect(visit.Page.Locator("#live")).ToContainTextAsync("is suspended");
        await Expect(visit.Page.Locator($"#actions-{name}")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task N_06_without_script_filter_sort_page_add_remove_and_roles_work()
    {
        await using var visit = await site.OpenAsync("/organizations/main/members", options: new WindowOptions(Script: false));
        var prefix = site.Unique("plain") + "x";
        await site.ServiceAccountsAsync(Enumerable.Range(0, 11).Select(i => $"{prefix}{i:d2}"));
        var page = visit.Page;

        // Filter and page size.
        await page.GetByLabel("Search", new() { Exact = true }).FillAsync(prefix);
        await page.GetByLabel("Status").SelectOptionAsync("Active");
        await page.GetByRole(AriaRole.Search).GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(11);
        await page.GetByLabel("Rows per page").SelectOptionAsync("10");
        await page.Locator(".page-size").GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(10);

        // Page, then sort.
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "User" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Rows.First).ToContainTextAsync($"{prefix}10");
        Assert.Equal($"/organizations/main/members?filter={prefix}%20status:active&sort=username&dir=desc&size=10", Uri.UnescapeDataString(visit.Path).Replace(" ", "%20", StringComparison.Ordinal));

        // Roles.
        await page.Locator($"#actions-{prefix}10").ClickAsync();
        await page.Locator($"#menu-{prefix}10").GetByRole(AriaRole.Link, new() { Name = "Edit roles" }).ClickAsync();
        await page.GetByLabel("Organization Auditor").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save roles" }).ClickAsync();
        await visit.SaysAsync("were saved");
        Assert.Contains("dir=desc", visit.Path, StringComparison.Ordinal);
        await Expect(visit.Row($"{prefix}10")).ToContainTextAsync("Organization Auditor");

        // Remove, and add again.
        await page.Locator($"#actions-{prefix}10").ClickAsync();
        await page.Locator($"#menu-{prefix}10").GetByRole(AriaRole.Link, new() { Name = "Remove…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await visit.SaysAsync("is no longer a member");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add members" }).ClickAsync();
        await page.GetByLabel("Search users to add").FillAsync(prefix);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByLabel($"Select user {prefix}10").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add members" }).ClickAsync();
        await visit.SaysAsync($"Added to the organization: {prefix}10.");
    }

    [SkippableFact]
    public async Task Sorting_says_its_direction_and_stands_in_the_address()
    {
        await using var visit = await site.OpenAsync("/users");
        var header = visit.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Status" });
        await header.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Status");
        Assert.Equal("/users?sort=status&dir=asc", visit.Path);
        await visit.Page.Locator("th[aria-sort] a").ClickAsync();
        await Expect(visit.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Status");
        await Expect(visit.Page.Locator("th[aria-sort]")).ToHaveCountAsync(1);
    }
}
