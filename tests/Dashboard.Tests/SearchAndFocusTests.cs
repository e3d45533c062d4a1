using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The major and minor findings about lists: names are searched wherever they are shown, and the focus is never lost, in any width.</summary>
[Collection(SiteCollection.Name)]
public sealed class SearchAndFocusTests(Site site)
{
    [SkippableTheory]
    [InlineData("/users")]
    [InlineData("/organizations/main/members")]
    public async Task Finding_1_a_full_name_that_is_shown_is_found(string list)
    {
        var name = await site.PersonAsync("shown");
        await using var visit = await site.OpenAsync(list);
        // The name is "User shown1"; neither username nor address holds the blank.
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync($"user {name}");
        await visit.ArrivesAsync("filter=user");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(visit.Row(name)).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#count")).ToContainTextAsync("of 1 " + (list == "/users" ? "user" : "member"));
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync($"user {name}");
    }

    [SkippableFact]
    public async Task Finding_2_sorting_keeps_the_focus_and_a_step_leads_to_the_top_of_the_list()
    {
        await site.ServiceAccountsAsync(Enumerable.Range(0, 12).Select(_ => site.Unique("focus")));
        await using var visit = await site.OpenAsync("/users?size=10&filter=focus");
        var sort = visit.Page.Locator("#sort-status");
        await sort.FocusAsync();
        await sort.PressAsync("Enter");
        await visit.ArrivesAsync("sort=status");
        Assert.Equal("sort-status", await visit.FocusAsync());

        var next = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" });
        await next.FocusAsync();
        await next.PressAsync("Enter");
        await visit.ArrivesAsync("page=2");
        await Expect(visit.Page.Locator("#count")).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("#count")).ToBeInViewportAsync();

        var preset = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Service accounts", Exact = true });
        await preset.FocusAsync();
        await preset.PressAsync("Enter");
        await visit.ArrivesAsync("service_account");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Service accounts", Exact = true })).ToBeFocusedAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(PageScanTests.Pages), MemberType = typeof(PageScanTests))]
    public async Task Finding_3_every_stop_of_the_keyboard_is_visible_in_every_width(string path)
    {
        await using var visit = await site.OpenAsync(path);
        foreach (var width in new[] { 1280, 720, 390 })
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            Assert.Empty(await HiddenStopsAsync(visit));
        }
    }

    // What has the focus, and is not under the pointer where it stands: clipped, covered or of no size.
    private static Task<string[]> HiddenStopsAsync(Visit visit) => visit.Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
          .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'hidden' && !one.classList.contains('skip'))
          .filter(one => {
            one.focus();
            if (document.activeElement !== one) return false;
            one.scrollIntoView({ block: 'center', inline: 'center' });
            const box = one.getBoundingClientRect();
            const at = document.elementFromPoint(box.x + Math.min(box.width / 2, 30), box.y + box.height / 2);
            return box.width < 8 || box.height < 8 || !at || !(one.contains(at) || at.contains(one) || one.labels?.[0]?.contains(at));
          })
          .map(one => one.outerHTML.slice(0, 160))
        """);

    [SkippableFact]
    public async Task Finding_3_a_narrow_screen_sorts_and_chooses_all()
    {
        await using var visit = await site.OpenAsync("/users", options: new(Width: 640));
        await visit.Page.Locator("#select-all").CheckAsync();
        await Expect(visit.Page.Locator("[data-chosen]").First).Not.ToHaveTextAsync("0");
        await visit.Page.Locator("#sort-last_seen").ClickAsync();
        await visit.ArrivesAsync("sort=last_seen");
    }

    [SkippableFact]
    public async Task Finding_27_shift_chooses_a_range_of_rows()
    {
        var names = Enumerable.Range(0, 4).Select(_ => site.Unique("range")).ToList();
        await site.ServiceAccountsAsync(names);
        await using var visit = await site.OpenAsync($"/users?filter=range");
        await visit.Page.GetByLabel($"Select {names[0]}", new() { Exact = true }).CheckAsync();
        await visit.Page.GetByLabel($"Select {names[3]}", new() { Exact = true }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(visit.Page.Locator("#bulk [data-chosen]")).ToHaveTextAsync("4");
    }

    [SkippableFact]
    public async Task Ctrl_K_leads_to_a_person_an_organization_or_a_page_by_keyboard_alone()
    {
        var name = await site.PersonAsync("palette");
        await using var visit = await site.OpenAsync("/organizations");
        await visit.Page.Keyboard.PressAsync("Control+k");
        var search = visit.Dialog.GetByRole(AriaRole.Searchbox);
        await Expect(search).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync($"user {name}");
        await Expect(visit.Dialog.Locator("[data-palette] a")).ToHaveCountAsync(1);
        await Expect(search).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArrivesAsync($"/users/{name}$");

        await using var plain = await site.OpenAsync("/go?q=members", options: new(Script: false));
        await plain.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
        await plain.ArrivesAsync("/organizations/main/members");
    }

    [SkippableFact]
    public async Task Finding_24_paper_has_the_table_and_no_controls()
    {
        await using var visit = await site.OpenAsync("/users");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(visit.Page.Locator("#people")).ToBeVisibleAsync();
        foreach (var control in new[] { "nav.side", ".top", ".filters", ".paging" })
            await Expect(visit.Page.Locator(control)).ToBeHiddenAsync();
    }
}
