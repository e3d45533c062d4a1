using System.Collections.Concurrent;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Every page in light and dark: accessibility, widths, hostile names, weight.</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class LookTests(Site site)
{
    private const string Person = "axe-person";

    private static bool _isPrepared;

    public static TheoryData<string> Pages => new(
        "/users", "/users?filter=nobody-is-called-so", "/users?filter=bogus:1", "/users/new", $"/users/{Person}/suspend", $"/users/{Person}/delete",
        $"/users/{Person}/roles", $"/users/{Person}/password", "/users/me/password", $"/users/{Person}/seat", $"/users/bulk?action=add-role&user={Person}", "/organizations", "/organizations/main/members",
        "/organizations/main/members/add", $"/organizations/main/members/{Person}/roles", $"/organizations/main/members/{Person}/remove",
        $"/organizations/main/members/bulk?action=remove&user={Person}", "/sign-out", "/no-such-page", "/organizations/nowhere/members");

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task N_12_no_serious_finding_in_light_and_dark_and_no_sideways_scrolling(string path)
    {
        await PrepareAsync();
        foreach (var dark in new[] { false, true })
        {
            await using var visit = await site.OpenAsync(path, options: new WindowOptions(Dark: dark));
            await AssertAccessibleAsync(visit);
            await visit.Page.SetViewportSizeAsync(360, 740);
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{path} scrolls sideways at 360 px");
        }
    }

    [SkippableTheory]
    [InlineData("/sign-in")]
    public async Task N_12_pages_for_strangers(string path)
    {
        foreach (var dark in new[] { false, true })
        {
            await using var visit = await site.OpenAnonymousAsync(path, new WindowOptions(Dark: dark));
            await AssertAccessibleAsync(visit);
        }
    }

    [SkippableFact]
    public async Task N_12_an_open_dialog_and_an_open_menu()
    {
        await PrepareAsync();
        await using var visit = await site.OpenAsync($"/users?filter={Person}@example.com");
        await visit.Page.Locator($"#actions-{Person}").ClickAsync();
        await AssertAccessibleAsync(visit);
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.ChooseAsync(Person, "Edit roles");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
    }

    [SkippableTheory]
    [InlineData("<script>document.title='owned'</script>")]
    [InlineData("\u202Eleft to right\u202C")]
    [InlineData("👩🏽‍💻 Émoji 🎉")]
    [InlineData("\"'><img src=x onerror=\"document.title='owned'\">")]
    [InlineData("wide")]
    public async Task Hostile_names_are_shown_as_they_are(string name)
    {
        await using var visit = await site.OpenAsync("/sign-in");
        name = name == "wide" ? new string('語', 128) : name;
        var username = site.Unique("hostile");
        var answer = await site.Scenario.Owner.PostAsync("/users", new
        {
            username, email = $"{username}@example.com", name = "Plain", password = Testing.Scenario.Password, user_status = "active", organization_ids = new[] { site.Scenario.OrganizationId },
        });
        Assert.Equal(201, answer.Code);

        // By statement: some of these were stored before the rule that refuses them now.
        await site.Scenario.Server.SqlAsync($"update members.users set name = '{name.Replace("'", "''", StringComparison.Ordinal)}' where username = '{username}'");
        foreach (var list in new[] { "/users", "/organizations/main/members" })
        {
            await visit.Page.GotoAsync($"{list}?filter={username}");
            await Expect(visit.Row(username).GetByRole(AriaRole.Rowheader).Locator("strong bdi")).ToHaveTextAsync(name, new() { UseInnerText = false });
            Assert.DoesNotContain("owned", await visit.Page.TitleAsync(), StringComparison.Ordinal);
            await visit.Page.SetViewportSizeAsync(360, 740);
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
            await visit.Page.SetViewportSizeAsync(1600, 900);
        }

        // Through a dialog and its message, too.
        await visit.Page.GotoAsync($"/users?filter={username}");
        await visit.ChooseAsync(username, "Suspend…");
        await Expect(visit.Dialog.Locator("strong bdi")).ToHaveTextAsync(name, new() { UseInnerText = false });
        await visit.ConfirmAsync("Suspend");
        await visit.SaysAsync("is suspended.");
        Assert.DoesNotContain("owned", await visit.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_page_of_25_rows_weighs_less_than_100_kilobytes_and_nothing_moves()
    {
        await PrepareAsync();
        await site.ServiceAccountsAsync(Enumerable.Range(0, 25).Select(_ => site.Unique("weight")));
        await using var visit = await site.OpenAsync("/organizations");
        var sizes = new ConcurrentQueue<Task<RequestSizesResult>>();
        visit.Page.RequestFinished += (_, request) => sizes.Enqueue(request.SizesAsync());
        await visit.Page.GotoAsync("/users", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(visit.Rows).ToHaveCountAsync(25);
        Assert.InRange((await Task.WhenAll(sizes)).Sum(size => size.ResponseBodySize), 10_000, 100_000);
        var shift = await visit.Page.EvaluateAsync<double>(
            "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => done(sum), 50)); })");
        Assert.True(shift < 0.01, $"layout shift {shift}");
    }

    private async Task PrepareAsync()
    {
        Chromium.Require();
        if (_isPrepared)
            return;
        _isPrepared = true;
        await Seats.GrantAsync(site.Scenario, 100);
        if ((await site.Scenario.Owner.GetAsync($"/users/{Person}")).Code == 200)
            return;
        await Seats.UseAsync(site.Scenario, [await site.Scenario.CreateUserAsync(Person)]);
    }

    private static async Task AssertAccessibleAsync(Visit visit) => Assert.Empty(await visit.FaultsOfScanAsync());
}
