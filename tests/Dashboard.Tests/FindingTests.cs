using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Members.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>What was found in the first edition of the pages and is told by no other test: a test a finding.</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class FindingTests(Site site)
{
    [SkippableFact]
    public async Task Finding_8_an_organization_tells_its_own_seats_beside_those_of_the_deployment()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var (name, holder) = (site.Unique("seated"), await HolderAsync());
        await Seats.GrantAsync(site.Scenario, 1000);
        await site.Scenario.Owner.PostAsync("/organizations", new { name });
        await site.Scenario.Owner.PostAsync($"/organizations/{name}/members/{holder}");
        // Other tests may have let the owner use AI: those who hold one are the holder, and perhaps the owner, out of three.
        await site.Scenario.Owner.PostAsync($"/organizations/{name}/members/{await site.PersonAsync()}");
        var holders = (await site.Scenario.Owner.GetAsync($"/organizations/{name}/ai-seats/summary"))["holders"]!.GetValue<int>();
        Assert.InRange(holders, 1, 2);
        var actual = await ActualAsync();
        await visit.Page.GotoAsync($"/organizations/{name}/members");
        await Expect(visit.Page.Locator("#seat-summary strong")).ToHaveTextAsync($"{holders} of 3 members hold one");
        await Expect(visit.Page.Locator("#seat-summary")).ToContainTextAsync($"deployment: {actual:N0} of 1,000 in use");
        await visit.Page.Locator("#seat-summary a").ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(holders);

        // Finding 14: the list of organizations has the same numbers, and they lead to the same people.
        await visit.Page.GotoAsync("/organizations");
        var row = visit.Page.Locator("#organizations tbody tr").Filter(new() { HasText = name });
        await Expect(row.Locator("td.numbers")).ToHaveTextAsync(["3", $"{holders}"]);
        await row.GetByRole(AriaRole.Link, new() { NameRegex = new System.Text.RegularExpressions.Regex($"of {name} holds? an AI seat") }).ClickAsync();
        await visit.ArrivesAsync($"/organizations/{name}/members\\?filter=has-ai-seat");
        await Seats.RevokeAsync(site.Scenario);
        await visit.Page.GotoAsync("/organizations");
        await Expect(row.Locator("td.numbers")).ToHaveTextAsync(["3"]);
    }

    [SkippableFact]
    public async Task Finding_9_removing_a_license_says_what_changes_and_wants_more_than_a_number()
    {
        await using var visit = await site.OpenAsync("/organizations");
        await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 146);
        await Seats.AddAsync(site.Scenario, 3000);
        var id = (await site.Scenario.Owner.GetAsync("/licenses")).Json!.AsArray().Max(one => one!["id"]!.GetValue<int>());
        await visit.Page.GotoAsync($"/licenses/{id}/remove");
        await Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync($"AI seats: the limit falls from 3,000 to 146; {await ActualAsync():N0} are in use.");
        await visit.Page.GetByLabel("Confirmation").FillAsync($"{id}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove license" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("Confirmation")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(2, (await site.Scenario.Owner.GetAsync("/licenses")).Json!.AsArray().Count);
    }

    [SkippableFact]
    public async Task Finding_12_the_set_up_tells_everything_that_is_wrong_and_shows_the_password_on_demand()
    {
        Chromium.Require();
        await using var server = await Testing.MonolithServer.StartAsync();
        await using var visit = await site.OpenAnonymousAsync(new Uri(server.Address, "/set-up").ToString());
        await Expect(visit.Page.GetByLabel("Full name (optional)")).ToBeVisibleAsync();
        var password = visit.Page.GetByLabel("Password", new() { Exact = true });
        await password.FillAsync("short");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show Password" }).ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await visit.Page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await visit.Page.GetByLabel("Username").FillAsync("-not-a-name-");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create owner" }).ClickAsync();
        await Expect(visit.Page.Locator("#field-username-complaint")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#field-password-complaint")).ToContainTextAsync("Too easy to guess");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finding_15_seats_are_sorted_charted_and_dated(bool script)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Script: script));
        var prefix = script ? "sorted" : "ordered";
        var (early, late) = (await HolderAsync(prefix), await HolderAsync(prefix));
        await Seats.GrantAsync(site.Scenario, 1000);
        var first = new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.Zero);
        foreach (var (name, used) in new[] { (early, first), (late, first.AddDays(1)) })
            await site.Scenario.Server.SqlAsync($"update entitlements.ai_seat_state set first_used_at = '{used:O}' where user_id = '{await Seats.IdOfAsync(site.Scenario, name)}'");
        await visit.Page.GotoAsync($"/ai-seats?filter={prefix}");
        await Sort("First use", "first_used");
        await Expect(visit.Page.Locator("#seats tbody tr").First).ToHaveAttributeAsync("id", $"seat-{early}");
        await Sort("First use", "dir=desc");
        await Expect(visit.Page.Locator("#seats tbody tr").First).ToHaveAttributeAsync("id", $"seat-{late}");
        var time = visit.Page.Locator($"#seat-{early} td[data-label='First use'] time");
        await Expect(time).ToHaveAttributeAsync("title", "5 Jan 2026, 09:30 UTC");
        await Expect(time).ToContainTextAsync("5 Jan 2026");
        await Sort("User", "sort=username");
        await visit.Page.GetByText("Seats over time", new() { Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#chart svg path.seats").First).ToBeVisibleAsync();

        async Task Sort(string column, string arrives)
        {
            await visit.Page.Locator("#seats thead").GetByRole(AriaRole.Link, new() { NameRegex = new(column) }).ClickAsync();
            await visit.ArrivesAsync(arrives);
        }
    }

    [SkippableFact]
    public async Task Findings_16_and_17_one_is_one_thousands_are_apart_and_sentences_have_a_blank_between_them()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 3500);
        await visit.Page.GotoAsync($"/users/bulk?action=suspend&user={name}");
        await Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Suspend this person?");
        foreach (var path in new[] { "/licenses", "/ai-seats?days=30", "/users", "/organizations/main/members", $"/users/bulk?action=suspend&user={name}" })
        {
            await visit.Page.GotoAsync(path);
            var text = await visit.Page.Locator("body").InnerTextAsync();
            Assert.Contains("3,500", text, StringComparison.Ordinal);
            Assert.DoesNotContain("3500", text, StringComparison.Ordinal);
        }

        await Seats.RevokeAsync(site.Scenario);
        await visit.Page.GotoAsync("/ai-seats");
        await Expect(visit.Page.Locator(".alert")).ToHaveTextAsync("No license includes AI seats, so nobody consumes one. Go to licenses.");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Finding_18_over_the_limit_has_one_color_on_every_page(bool dark)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Dark: dark));
        await HolderAsync();
        await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 1);
        var colors = new List<string>();
        foreach (var path in new[] { "/users", "/organizations/main/members", "/ai-seats", "/licenses" })
        {
            await visit.Page.GotoAsync(path);
            colors.Add(await ColorAsync("[data-level=over]", "color"));
            Assert.Equal(colors[0], await ColorAsync(".meter-over .meter-fill", "fill"));
        }

        Assert.Single(colors.Distinct());
        var alert = await ColorAsync(".alert:has-text('over the limit')", "background-color");
        Assert.Equal(colors[0], await ColorAsync(".alert:has-text('over the limit') > .icon", "color"));
        await visit.Page.GotoAsync("/users");
        Assert.Equal(alert, await ColorAsync(".notices p:has-text('over the limit')", "background-color"));

        Task<string> ColorAsync(string place, string property) =>
            visit.Page.Locator(place).First.EvaluateAsync<string>("(one, property) => getComputedStyle(one)[property]", property);
    }

    [SkippableFact]
    public async Task Finding_19_the_reason_of_a_seat_is_in_words()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 1000);
        foreach (var path in new[] { $"/users/{name}/seat", $"/users/{name}", $"/ai-seats?filter={name}" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("anthropic, claude-sonnet-4");
            await Expect(visit.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("provider=");
        }
    }

    [SkippableTheory]
    [InlineData("/users")]
    [InlineData("/organizations/main/members")]
    public async Task Finding_23_a_page_of_25_rows_is_less_than_40_kilobytes_on_the_wire(string path)
    {
        Chromium.Require();
        await site.ServiceAccountsAsync(Enumerable.Range(0, 25).Select(_ => site.Unique("wired")));
        await Seats.GrantAsync(site.Scenario, 1000);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = site.Scenario.Server.Address };
        http.DefaultRequestHeaders.Add("Cookie", $"{SessionCookieNames.Session}={site.Scenario.Owner.Token}");
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        foreach (var coding in new[] { "br", "gzip" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?filter=wired");
            request.Headers.AcceptEncoding.ParseAdd(coding);
            using var answer = await http.SendAsync(request);
            Assert.Equal([coding], answer.Content.Headers.ContentEncoding);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 2_000, 40_000);
        }
    }

    [SkippableFact]
    public async Task Finding_25_the_values_of_the_chart_are_read_by_keyboard()
    {
        await using var visit = await site.OpenAsync("/organizations");
        await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 1000);
        await visit.Page.GotoAsync("/licenses");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var slider = visit.Page.GetByLabel("Read a day");
        await slider.FocusAsync();
        await Expect(visit.Page.Locator("output")).ToHaveTextAsync($"{Day(today)}, Seats in use: {await ActualAsync():N0}, Limit: 1,000");
        await slider.PressAsync("ArrowLeft");
        await Expect(visit.Page.Locator("output")).ToContainTextAsync(Day(today.AddDays(-1)));
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex($"^{Day(today.AddDays(-1))}, Seats in use"));

        static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }

    [SkippableTheory]
    [InlineData("/users", "#people")]
    [InlineData("/organizations/main/members", "#people")]
    [InlineData("/ai-seats", "#seats")]
    public async Task Finding_28_on_a_phone_the_first_person_is_in_sight(string path, string table)
    {
        await using var visit = await site.OpenAsync("/organizations", options: new(Width: 390, Height: 844));
        await HolderAsync();
        await HolderAsync();
        // Over the limit: with the notice above everything.
        await Seats.GrantAsync(site.Scenario, 1);
        await visit.Page.GotoAsync(path);
        var box = (await visit.Page.Locator($"{table} tbody tr").First.BoundingBoxAsync())!;
        Assert.InRange(box.Y, 100, 660);
    }

    [SkippableTheory]
    [InlineData("/users?size=10&filter=moving")]
    [InlineData("/organizations/main/members?size=10&filter=moving")]
    [InlineData("/organizations/main/roles/new")]
    [InlineData("/audit")]
    [InlineData("/licenses")]
    public async Task Nothing_moves_when_the_script_comes_late(string path)
    {
        await using var visit = await site.OpenAsync("/organizations");
        await site.ServiceAccountsAsync(Enumerable.Range(0, 11).Select(_ => site.Unique("moving")));
        await HolderAsync();
        await Seats.GrantAsync(site.Scenario, 1000);
        var painted = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/app.js*", async route =>
        {
            await painted.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("() => new Promise(done => { window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(done)); })");
        painted.SetResult();
        await Expect(visit.Page.Locator("html")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\bscript\b"));
        await visit.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var moved = await visit.Page.EvaluateAsync<double>("() => window.moved");
        Assert.True(moved < 0.01, $"{path} moves by {moved}");
    }

    [SkippableTheory]
    [InlineData("/audit")]
    [InlineData("/organizations/main/members?size=10")]
    [InlineData("/docs")]
    public async Task Half_a_page_is_not_painted(string path)
    {
        await using var visit = await site.OpenAsync("/organizations");
        await Seats.GrantAsync(site.Scenario, 1000);
        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 50, ["downloadThroughput"] = 60_000, ["uploadThroughput"] = 1_000_000 });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 10 });
        await visit.Page.AddInitScriptAsync("window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        await visit.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle, Timeout = 60_000 });
        Assert.Equal(0, await visit.Page.EvaluateAsync<double>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved))))"));
    }

    [SkippableFact]
    public async Task A_page_whose_script_never_comes_can_be_used_after_a_while()
    {
        await using var visit = await site.OpenAsync("/no-such-page");
        await visit.Page.RouteAsync("**/app.js*", route => route.AbortAsync());
        await visit.Page.GotoAsync("/users");
        await Expect(visit.Page.Locator("form.filters .no-script")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#bulk")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData("/organizations/switch")]
    [InlineData("/users?filter=nobody-is-called-so")]
    [InlineData("/sign-out")]
    [InlineData("/users/undo")]
    public async Task Finding_29_a_short_page_does_not_scroll(string path)
    {
        await using var visit = await site.OpenAsync(path, options: new(Height: 1000));
        foreach (var width in new[] { 1280, 1600 })
        {
            await visit.Page.SetViewportSizeAsync(width, 1000);
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight"));
        }
    }

    [SkippableTheory]
    [InlineData("/users", "#people", "Users")]
    [InlineData("/organizations/main/members", "#people", "Members of ")]
    [InlineData("/ai-seats", "#seats", "AI seats")]
    public async Task Finding_29_the_caption_of_a_table_tells_its_filter(string path, string table, string caption)
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await HolderAsync();
        await visit.Page.GotoAsync(path);
        await Expect(visit.Page.Locator($"{table} caption")).ToContainTextAsync(caption);
        await Expect(visit.Page.Locator($"{table} caption")).Not.ToContainTextAsync("search");
        await visit.Page.GotoAsync($"{path}?filter={name}");
        await Expect(visit.Page.Locator($"{table} caption")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"^{caption}.*, search {name}$"));
    }

    [SkippableFact]
    public async Task Finding_29_what_is_taken_is_told_at_its_own_field()
    {
        var name = await site.PersonAsync("taken");
        await using var visit = await site.OpenAsync("/users/new");
        await visit.Page.GetByLabel("Username").FillAsync(name);
        await visit.Page.GetByLabel("E-mail address").FillAsync($"free-{name}@example.com");
        await visit.Page.Locator("#field-password").FillAsync(Testing.Scenario.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create user" }).Last.ClickAsync();
        await Expect(visit.Page.Locator("#field-username-complaint")).ToHaveTextAsync("Taken.");
        await Expect(visit.Page.Locator("#field-email-complaint")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Finding_29_the_theme_is_chosen_without_script_and_no_button_does_nothing()
    {
        await using var visit = await site.OpenAsync("/settings/account", options: new(Script: false));
        // In the menu, which is closed: by its own style, not by that.
        await Expect(visit.Page.Locator("[data-theme-toggle]")).ToHaveCSSAsync("display", "none");
        Assert.Null(await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await visit.Page.GetByLabel("Theme").SelectOptionAsync("dark");
        await visit.Page.Locator("form:has([name=theme])").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [SkippableTheory]
    [InlineData("/sign-in")]
    [InlineData("/docs")]
    public async Task Finding_29_a_page_answers_HEAD(string path)
    {
        Chromium.Require();
        using var http = new HttpClient { BaseAddress = site.Scenario.Server.Address };
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<string> HolderAsync(string prefix = "holder")
    {
        Chromium.Require();
        var name = site.Unique(prefix);
        await Seats.UseAsync(site.Scenario, [await site.Scenario.CreateUserAsync(name)]);
        return name;
    }

    private async Task<long> ActualAsync() => (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();
}
