using System.Globalization;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Entitlements.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Licenses, limits and the seats over time (dashboard specification 4, 8.4 and 8.6).</summary>
[Collection(PagesCollection.Name)]
public sealed class LicensePageTests(Site site)
{
    private static readonly KeyPair Trusted =
        DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [SkippableFact]
    public async Task A_license_is_uploaded_and_removed_in_dialogs()
    {
        await using var visit = await OpenAsync();
        await visit.Page.Locator("#upload").ClickAsync();
        await visit.Dialog.GetByLabel("License", new() { Exact = true }).FillAsync("no.license.secret");
        await visit.ConfirmAsync("Upload license");
        await Expect(visit.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The license is not valid.");
        Assert.DoesNotContain("secret", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await visit.Dialog.GetByLabel("License", new() { Exact = true }).FillAsync($"\n{Issue(Terms(5000))}\n");
        await visit.ConfirmAsync("Upload license");
        await visit.SaysAsync("was uploaded");
        var card = visit.Page.Locator("article");
        await Expect(card.Locator("[data-status]")).ToHaveTextAsync("Active");
        await Expect(card).ToContainTextAsync("test-account");
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await visit.Dialog.GetByLabel("Confirmation").FillAsync("nothing");
        await visit.ConfirmAsync("Remove license");
        await Expect(visit.Dialog.Locator(".complaint")).ToContainTextAsync("That does not confirm it.");
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.StartsWith("remove-", await visit.FocusAsync(), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Enter");
        var id = (await visit.Dialog.Locator("h1").InnerTextAsync()).Split('#')[1];
        // Finding 9: what changes is said in numbers, and a digit confirms nothing.
        await Expect(visit.Dialog.Locator("#effects")).ToContainTextAsync("the limit");
        await visit.Dialog.GetByLabel("Confirmation").FillAsync($"remove {id}");
        await visit.ConfirmAsync("Remove license");
        await visit.SaysAsync($"License #{id} was removed.");
        await Expect(card).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("No license limits the number of users.");
    }

    [SkippableFact]
    public async Task N_06_a_license_file_is_uploaded_and_removed_without_script()
    {
        await using var visit = await OpenAsync(new(Script: false));
        await visit.Page.Locator("#upload").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload license" }).ClickAsync();
        await Expect(visit.Page.Locator("#license-complaint")).ToHaveTextAsync("A license is required.");
        await visit.Page.GetByLabel("or choose a file").SetInputFilesAsync(new FilePayload { Name = "license.jwt", MimeType = "text/plain", Buffer = System.Text.Encoding.ASCII.GetBytes(Issue(Terms(5)) + "\r\n") });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload license" }).ClickAsync();
        await visit.SaysAsync("was uploaded");
        await visit.Page.Locator("article").GetByRole(AriaRole.Link).ClickAsync();
        var id = (await visit.Page.Locator("h1").InnerTextAsync()).Split('#')[1];
        await visit.Page.GetByLabel("Confirmation").FillAsync($"Remove {id}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove license" }).ClickAsync();
        await visit.SaysAsync("was removed");
        await Expect(visit.Page.Locator("article")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Cards_stand_by_expiry_and_say_where_a_license_stands()
    {
        await using var visit = await OpenAsync();
        await StoreAsync(Terms(1) with { AccountId = "expired", NotBefore = Now.AddDays(-90), LicenseExpires = Now.AddDays(-30), Expires = Now.AddDays(-20) });
        await StoreAsync(Terms(2) with { AccountId = "foreign", Expires = Now.AddDays(90) }, LicenseTool.GenerateKeyPair());
        await UploadAsync(Terms(3000) with { AccountId = "grace", LicenseExpires = Now.AddDays(-1), Expires = Now.AddDays(10) });
        await UploadAsync(Terms(4000) with { AccountId = "future", NotBefore = Now.AddDays(5), LicenseExpires = Now.AddDays(60), Expires = Now.AddDays(60), Trial = true });
        await UploadAsync(Terms(5000) with { AccountId = "active", FeatureSet = "premium" });
        await visit.Page.GotoAsync("/licenses");
        var cards = visit.Page.Locator("article");
        await Expect(cards).ToHaveCountAsync(5);
        string[] expected = ["foreign Not accepted", "future Not started", "active Active", "grace Grace period", "expired Expired"];
        for (var i = 0; i < expected.Length; i++)
        {
            await Expect(cards.Nth(i)).ToContainTextAsync(expected[i].Split(' ', 2)[0]);
            await Expect(cards.Nth(i).Locator("[data-status]")).ToHaveTextAsync(expected[i].Split(' ', 2)[1]);
        }

        await Expect(cards.Nth(0).Locator(".complaint")).ToContainTextAsync("signature");
        await Expect(visit.Page.Locator(".alert-error")).ToHaveCountAsync(1);
        await Expect(cards.Nth(1).Locator("h3")).ToContainTextAsync("Trial");
        await Expect(cards.Nth(2).Locator("h3")).ToContainTextAsync("Premium");
    }

    [SkippableFact]
    public async Task N_02_levels_of_a_limit()
    {
        await using var visit = await OpenAsync();
        var actual = await FillAsync(90);
        var near = actual * 10 / 9;
        await AssertLevelAsync(near + 1, "ok", $"{near + 1 - actual} free", 89);
        await AssertLevelAsync(near, "near", $"Near the limit, {near - actual} free", 90);
        await AssertLevelAsync(actual, "full", "Full", 100);
        await Expect(visit.Page.Locator(".alert-warning")).ToContainTextAsync("near the limit");
        await AssertLevelAsync(actual - 1, "over", "Over by 1", actual * 100 / (actual - 1));
        await Expect(visit.Page.Locator("article [data-status]")).ToHaveTextAsync("Limit exceeded");
        await Seats.GrantAsync(site.Scenario, 0);
        await AssertNoLevelAsync();
        await Seats.RevokeAsync(site.Scenario);
        await AssertNoLevelAsync();
        await Expect(visit.Page.Locator("#usage-ai-seats")).ToContainTextAsync($"With one, {actual} would be in use today.");

        async Task AssertLevelAsync(long limit, string level, string words, long percent)
        {
            await Seats.GrantAsync(site.Scenario, limit);
            await visit.Page.GotoAsync("/licenses");
            var usage = visit.Page.Locator("#usage-ai-seats");
            await Expect(usage.Locator("[data-level]")).ToHaveAttributeAsync("data-level", level);
            await Expect(usage.Locator("[data-level]")).ToHaveTextAsync(words);
            await Expect(usage.GetByRole(AriaRole.Img, new() { Name = $"{percent} percent used" })).ToBeVisibleAsync();
            await Expect(usage).ToContainTextAsync($"{actual} of {limit} seats");
        }

        async Task AssertNoLevelAsync()
        {
            await visit.Page.GotoAsync("/licenses");
            await Expect(visit.Page.Locator("#usage-ai-seats")).ToContainTextAsync("No license includes AI seats");
            await Expect(visit.Page.Locator("#usage-ai-seats [data-level]")).ToHaveCountAsync(0);
        }
    }

    [SkippableFact]
    public async Task The_chart_and_its_table_say_the_same_without_script()
    {
        await using var visit = await OpenAsync(new(Script: false));
        var actual = await FillAsync(5);
        await Seats.GrantAsync(site.Scenario, actual + 10);
        await visit.Page.GotoAsync("/licenses");
        await Expect(visit.Page.Locator("#seat-chart path.limit").First).ToBeAttachedAsync();
        await Expect(visit.Page.Locator("#seat-chart .hit")).ToHaveCountAsync(30);
        await Expect(visit.Page.Locator("#projection")).ToContainTextAsync("all seats will be in use around");
        await visit.Page.GetByText("Show the numbers as a table").ClickAsync();
        var first = visit.Page.Locator("#seat-table tbody tr").First;
        await Expect(first).ToBeVisibleAsync();
        await Expect(first).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($@"{Now.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}\s*{actual}\s*{actual + 10}"));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();
        await Expect(visit.Page.Locator("#seat-table tbody tr")).ToHaveCountAsync(90);
    }

    [SkippableFact]
    public async Task Finding_6_the_sentence_of_the_projection_says_what_the_chart_shows()
    {
        await using var visit = await OpenAsync();
        var actual = await FillAsync(5);
        await Seats.GrantAsync(site.Scenario, actual + 10);
        try
        {
            // Three more than 14 days ago, but flat for ten days: the chart shows no way to the limit, and nothing names a day.
            await RecordAsync((-20, actual - 3), (-10, actual), (-7, actual));
            await SaysEverywhereAsync(visit, "The seats have not grown in the last 7 days", "no growth in the last 7 days");
            await Expect(visit.Page.Locator("#seat-chart path.projection")).ToHaveCountAsync(0);

            // Fewer than before.
            await RecordAsync((-20, actual + 3), (-10, actual + 3), (-7, actual + 1));
            await SaysEverywhereAsync(visit, "The seats have not grown in the last 14 days", "no growth in the last 14 days");

            // Seven in 14 days: ten more take twenty.
            await RecordAsync((-20, actual - 7), (-10, actual - 7), (-7, actual - 4));
            var day = Now.AddDays(20).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
            await SaysEverywhereAsync(visit, $"all seats will be in use around {day}, in 20 days.", $"full around {day}, in 20 days");
            await Expect(visit.Page.Locator("#seat-chart path.projection").First).ToBeAttachedAsync();

            // At that growth a limit far above is years away: no day, and how far.
            await Seats.GrantAsync(site.Scenario, 3000);
            await SaysEverywhereAsync(visit, "the limit is more than a year away", "more than a year until full");
            await Expect(visit.Page.Locator("#seat-chart path.projection")).ToHaveCountAsync(0);
        }
        finally
        {
            await RecordAsync();
        }
    }

    private static async Task SaysEverywhereAsync(Visit visit, string sentence, string inShort)
    {
        foreach (var path in new[] { "/licenses", "/ai-seats?days=30" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("#projection")).ToContainTextAsync(sentence);
        }

        await visit.Page.GotoAsync("/users");
        await Expect(visit.Page.Locator("#seats-outlook")).ToHaveTextAsync(inShort);
        await visit.Page.GotoAsync("/licenses");
    }

    // The records of the last days, and no others but today's.
    private async Task RecordAsync(params (int Day, long Holders)[] days)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        await site.Scenario.Server.SqlAsync("delete from entitlements.ai_seat_days where day < current_date");
        foreach (var (day, holders) in days)
            await site.Scenario.Server.SqlAsync($"insert into entitlements.ai_seat_days (day, holders, seat_limit, recorded_at) values ('{today.AddDays(day):yyyy-MM-dd}', {holders}, 10, now())");
    }

    [SkippableFact]
    public async Task A_refresh_that_comes_too_early_says_so_on_the_page()
    {
        await using var visit = await OpenAsync();
        await UploadAsync(Terms(1000));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh entitlements" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Entitlements were refreshed a moment ago.");
        await Expect(visit.Page.Locator("article")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#refreshed")).ToContainTextAsync("Entitlements last refreshed now");
    }

    [SkippableFact]
    public async Task Pages_and_their_entries_are_for_those_who_may_open_them()
    {
        var (_, member) = await site.Scenario.AddAsync(site.Unique("stranger"));
        await using var visit = await site.OpenAsync("/organizations", member);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Roles" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Licenses" })).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "AI seats" })).ToHaveCountAsync(0);
        foreach (var path in new[] { "/licenses", "/licenses/upload", "/licenses/1/remove", "/ai-seats", "/ai-seats/export.csv" })
            Assert.Equal(403, (await visit.Page.APIRequest.GetAsync(path)).Status);
    }

    private static LicenseTerms Terms(long seats) => new(
        "test-account", Now.AddDays(-60), Now.AddDays(30), Now.AddDays(40), Now.AddDays(-61), Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = seats });

    private static string Issue(LicenseTerms terms, KeyPair? keys = null) => LicenseTool.Issue(terms, (keys ?? Trusted).PrivateKey, DevelopmentKey.Id);

    private async Task<Visit> OpenAsync(WindowOptions? options = null)
    {
        Chromium.Require();
        await Seats.RevokeAsync(site.Scenario);
        return await site.OpenAsync("/licenses", options: options);
    }

    private async Task UploadAsync(LicenseTerms terms) =>
        Assert.Equal(201, (await site.Scenario.Owner.PostAsync("/licenses", new { license = Issue(terms) })).Code);

    /// <summary>A license that the API would refuse today.</summary>
    private async Task StoreAsync(LicenseTerms terms, KeyPair? keys = null)
    {
        var exp = terms.Expires.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        await site.Scenario.Server.SqlAsync(
            $"insert into entitlements.licenses (uploaded_at, jwt, exp, uuid) values (now(), '{Issue(terms with { Id = Guid.CreateVersion7() }, keys)}', '{exp}', gen_random_uuid())");
    }

    /// <summary>At least so many people use AI; answers how many do.</summary>
    private async Task<long> FillAsync(long wanted)
    {
        await Seats.GrantAsync(site.Scenario, 1000);
        var missing = wanted - await ActualAsync();
        if (missing > 0)
        {
            var prefix = site.Unique("filler");
            var ids = (string?)await site.Scenario.Server.SqlAsync(
                $"""
                with made as (
                    insert into members.users (id, username, username_folded, email, email_folded, status, login_type, created_at, updated_at)
                    select gen_random_uuid(), '{prefix}x' || n, '{prefix}x' || n, '{prefix}x' || n || '@example.com', '{prefix}x' || n || '@example.com', 'active', 'none', now(), now()
                    from generate_series(1, {missing}) n
                    returning id)
                select string_agg(id::text, ',')
                from made
                """);
            await Seats.UseAsync(site.Scenario, ids!.Split(',').Select(Guid.Parse));
        }

        return await ActualAsync();

        async Task<long> ActualAsync() => (await site.Scenario.Owner.GetAsync("/ai-seats/summary"))["actual"]!.GetValue<long>();
    }
}
