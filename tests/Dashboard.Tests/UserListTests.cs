using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The table of users: rows, states, paging, filters.</summary>
[Collection(SiteCollection.Name)]
public sealed class UserListTests(Site site)
{
    [SkippableFact]
    public async Task U_03_paging_links_stand_in_the_address_and_26_rows_make_two_pages()
    {
        var prefix = site.Unique("paged") + "x";
        Chromium.Require();
        await site.ServiceAccountsAsync(Enumerable.Range(0, 26).Select(i => $"{prefix}{i:d2}"));
        await using var visit = await site.OpenAsync($"/users?filter={prefix}");
        await Expect(visit.Rows).ToHaveCountAsync(25);
        await Expect(visit.Page.GetByText($"Showing 1–25 of 26 users")).ToBeVisibleAsync();
        var pages = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" });
        await Expect(pages.Locator(".page")).ToHaveCountAsync(2);
        await Expect(pages.GetByRole(AriaRole.Link, new() { Name = "Previous page" })).ToHaveAttributeAsync("aria-disabled", "true");
        await pages.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        Assert.Equal($"/users?filter={prefix}&page=2", visit.Path);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" })).ToHaveAttributeAsync("aria-disabled", "true");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(25);
        await visit.Page.GoBackAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
    }

    [SkippableFact]
    public async Task UT_01_a_reader_without_rights_sees_rows_but_no_actions()
    {
        var (_, auditor) = await AddIfBrowserAsync(site.Unique("auditor"), "auditor");
        await using var visit = await site.OpenAsync("/users", auditor);
        await Expect(visit.Rows.First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Actions for") })).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create user" })).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("[data-one]")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task UT_03_rows_tell_status_and_roles_in_words()
    {
        var name = await PersonIfBrowserAsync("shown");
        await site.Scenario.Owner.PutAsync($"/users/{name}/roles", new { roles = new[] { "auditor", "template-admin", "user-admin" } });
        await site.Scenario.Owner.PutAsync($"/users/{name}/status/suspend");
        await using var visit = await site.OpenAsync($"/users?filter={name}@example.com");
        var row = visit.Row(name);
        await Expect(row.GetByRole(AriaRole.Rowheader)).ToContainTextAsync($"User {name}");
        await Expect(row).ToContainTextAsync("Suspended");
        await Expect(row).ToContainTextAsync("User Admin");
        await Expect(row).ToContainTextAsync("Never");

        var asleep = site.Unique("asleep");
        await site.Scenario.Owner.PostAsync("/users", new { username = asleep, email = $"{asleep}@example.com", login_type = "none", organization_ids = new[] { site.Scenario.OrganizationId } });
        await visit.Page.GotoAsync($"/users?filter={asleep}");
        await Expect(visit.Row(asleep)).ToContainTextAsync("Dormant");
        await visit.Page.GotoAsync($"/users?filter={name}@example.com");

        // The third role opens by keyboard, and Esc closes it.
        var more = row.GetByRole(AriaRole.Button, new() { Name = $"+1: show all 3 roles of {name}", Exact = true });
        await Expect(more).ToHaveTextAsync("+1");
        await more.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator($"#roles-{name}")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator($"#roles-{name}")).ToContainTextAsync("Auditor");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator($"#roles-{name}")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task UT_05_and_N_07_nobody_who_matches_offers_to_clear_the_filters()
    {
        await using var visit = await site.OpenAsync("/users?filter=nobody-is-called-so");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nobody matches" })).ToBeVisibleAsync();
        await visit.Page.Locator(".empty").GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(visit.Rows.First).ToBeVisibleAsync();
        Assert.Equal("/users", visit.Path);
    }

    [SkippableFact]
    public async Task UT_06_while_a_page_loads_the_table_is_busy_and_the_old_rows_stay()
    {
        await using var visit = await site.OpenAsync("/users");
        var rows = await visit.Rows.CountAsync();
        var answer = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/users?filter=*", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Active users" }).ClickAsync();
        await Expect(visit.Page.Locator("main")).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(visit.Page.Locator("#live")).ToContainTextAsync("Loading");
        await Expect(visit.Rows).ToHaveCountAsync(rows);
        answer.SetResult();
        await Expect(visit.Page.Locator("main")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(visit.Page.Locator("#live")).ToContainTextAsync("Showing");
    }

    [SkippableFact]
    public async Task A_server_that_does_not_answer_leaves_the_rows_and_offers_to_try_again()
    {
        await using var visit = await site.OpenAsync("/users");
        var rows = await visit.Rows.CountAsync();
        await visit.Page.RouteAsync("**/users?filter=*", route => route.AbortAsync());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Active users" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server did not answer");
        await Expect(visit.Rows).ToHaveCountAsync(rows);
        await visit.Page.UnrouteAllAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.Contains("filter=status", visit.Path, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task UF_01_and_UF_03_a_chosen_type_keeps_role_and_range_and_replaces_the_type_before()
    {
        await using var visit = await site.OpenAsync("/users?filter=role:owner last_seen_after:\"2026-01-02T03:04:05Z\"");
        await visit.Page.GetByLabel("Type").SelectOptionAsync("Service accounts");
        await visit.ArrivesAsync("service_account");
        Assert.Equal("role:owner service_account:true last_seen_after:\"2026-01-02T03:04:05Z\"", FilterOf(visit));
        await visit.Page.GetByLabel("Type").SelectOptionAsync("People");
        await visit.ArrivesAsync("service_account(%3A|:)false");
        Assert.Equal("role:owner service_account:false last_seen_after:\"2026-01-02T03:04:05Z\"", FilterOf(visit));
    }

    [SkippableFact]
    public async Task UF_02_last_seen_in_the_last_7_days_becomes_a_range_and_stays_chosen()
    {
        await using var visit = await site.OpenAsync("/users");
        await visit.Page.GetByLabel("Last seen").SelectOptionAsync("In the last 7 days");
        await visit.ArrivesAsync("last_seen_after");
        await Expect(visit.Page.GetByLabel("Last seen")).ToHaveValueAsync("7d");
    }

    [SkippableFact]
    public async Task N_09_an_unknown_filter_key_is_explained_at_the_search_box_in_the_servers_words()
    {
        await using var visit = await site.OpenAsync("/users?filter=bogus:1 status:active");
        var search = visit.Page.GetByLabel("Search", new() { Exact = true });
        await Expect(search).ToHaveValueAsync("bogus:1");
        await Expect(search).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visit.Page.Locator("#search-complaint")).ToContainTextAsync("bogus: Not a known search key.");
        await Expect(visit.Page.GetByLabel("Status")).ToHaveValueAsync("active");
    }

    [SkippableFact]
    public async Task Typing_searches_without_losing_the_place_and_the_count_is_announced()
    {
        var name = await PersonIfBrowserAsync("typed");
        await using var visit = await site.OpenAsync("/users");
        var search = visit.Page.GetByLabel("Search", new() { Exact = true });
        await search.PressSequentiallyAsync($"{name}@example");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(search).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Showing 1–1 of 1 user");
    }

    private static string FilterOf(Visit visit) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(visit.Page.Url).Query)["filter"].ToString();

    private Task<string> PersonIfBrowserAsync(string prefix)
    {
        Chromium.Require();
        return site.PersonAsync(prefix);
    }

    private Task<(Guid Id, Testing.ApiClient Client)> AddIfBrowserAsync(string name, string role)
    {
        Chromium.Require();
        return site.Scenario.AddAsync(name, role);
    }
}
