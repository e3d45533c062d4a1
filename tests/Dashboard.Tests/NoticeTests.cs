using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Entitlements.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>What is wrong with licenses and seats stands below the head of every page (dashboard specification 4.5, 7.2 B3 and 8.4).</summary>
[Collection(LicensedSiteCollection.Name)]
public sealed class NoticeTests(Site site)
{
    private const string Shift =
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => done(sum), 50)); })";

    [SkippableFact]
    public async Task B3_seats_over_the_limit_lead_to_those_who_hold_them()
    {
        await using var visit = await OverAsync("/users");
        foreach (var path in new[] { "/users", "/organizations/main/roles", "/users/new", "/users/no-such-person/seat", "/organizations/nowhere/members" })
        {
            await visit.Page.GotoAsync(path);
            await Expect(Lines(visit)).ToHaveCountAsync(1);
            await Expect(Lines(visit)).ToContainTextAsync("AI seats are over the limit");
            Assert.True(await visit.Page.EvaluateAsync<double>(Shift) < 0.01);
        }

        await Lines(visit).GetByRole(AriaRole.Link, new() { Name = "See who holds seats" }).ClickAsync();
        Assert.Equal("/ai-seats?filter=has-ai-seat%3Atrue", visit.Path);
        await Expect(visit.Page.Locator("#seats tbody tr").First).ToContainTextAsync("In use");

        // The pages of the seats and of the licenses say it themselves, once.
        await Expect(Lines(visit)).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/licenses");
        await Expect(visit.Page.GetByText("AI seats are over the limit")).ToHaveCountAsync(1);
        await Expect(Lines(visit)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Who_cannot_act_on_it_sees_nothing()
    {
        await using var visit = await OverAsync("/users", expiresInDays: 5);
        await Expect(Lines(visit)).ToHaveCountAsync(2);
        await Expect(Lines(visit).Last).ToContainTextAsync("The license expires in 5 days.");
        await Expect(Lines(visit).Last.GetByRole(AriaRole.Link, new() { Name = "Open licenses" })).ToHaveAttributeAsync("href", "/licenses");

        // Who manages users can free seats; the license is not theirs.
        var (_, manager) = await site.Scenario.AddAsync(site.Unique("manager"), "user-admin");
        await using var managers = await site.OpenAsync("/users", manager);
        await Expect(Lines(managers)).ToHaveCountAsync(1);
        await Expect(Lines(managers)).ToContainTextAsync("AI seats are over the limit");

        var (_, member) = await site.Scenario.AddAsync(site.Unique("plain"));
        await using var members = await site.OpenAsync("/organizations/main/members", member);
        await Expect(members.Page.Locator("nav.side")).ToBeVisibleAsync();
        await Expect(Lines(members)).ToHaveCountAsync(0);

        await using var stranger = await site.OpenAnonymousAsync("/sign-in");
        await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(Lines(stranger)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Troubles_of_licenses_share_a_line()
    {
        await using var visit = await OverAsync("/users", expiresInDays: 5);
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms("foreign", now.AddDays(-1), now.AddDays(8), now.AddDays(9), now.AddDays(-1), Features: new Dictionary<string, long> { ["audit_log"] = 1 });
        var foreign = LicenseTool.Issue(terms, LicenseTool.GenerateKeyPair().PrivateKey, DevelopmentKey.Id);
        await site.Scenario.Server.SqlAsync($"insert into entitlements.licenses (uploaded_at, jwt, exp, uuid) values (now(), '{foreign}', now() + interval '9 days', gen_random_uuid())");
        await Seats.AddAsync(site.Scenario, 1, expiredDays: -5);
        await visit.Page.GotoAsync("/users");
        await Expect(Lines(visit)).ToHaveCountAsync(2);
        await Expect(Lines(visit).Last).ToContainTextAsync("License ");
        await Expect(Lines(visit).Last).ToContainTextAsync("And 1 more.");
        await Seats.RevokeAsync(site.Scenario);
    }

    [SkippableFact]
    public async Task A_swapped_page_brings_its_notices_along()
    {
        await using var visit = await OverAsync("/users");
        await Expect(Lines(visit)).ToHaveCountAsync(1);
        await Seats.GrantAsync(site.Scenario, 5000);
        await visit.Page.EvaluateAsync("() => { window.same = true; }");
        await visit.Page.Locator("nav.presets a").Last.ClickAsync();
        await Expect(Lines(visit)).ToHaveCountAsync(0);
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.same === true"));
    }

    [SkippableFact]
    public async Task Pages_share_one_count_a_second()
    {
        await using var visit = await OverAsync("/organizations");

        // The trace tells these pages from those of other tests.
        var trace = ActivityTraceId.CreateRandom();
        var counts = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.TagObjects.Any(tag => tag.Value is string text && text.Contains("entitlements.usage_counts", StringComparison.Ordinal)))
                    counts.Add(activity.DisplayName);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
            Assert.Contains("AI seats are over the limit", await TextAsync("/organizations"), StringComparison.Ordinal);
        Assert.InRange(counts.Count, 0, (int)watch.Elapsed.TotalSeconds + 1);
        await TextAsync("/licenses");
        Assert.NotEmpty(counts);

        async Task<string> TextAsync(string path)
        {
            var headers = new Dictionary<string, string> { ["Accept"] = "text/html", ["traceparent"] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" };
            return await (await visit.Page.APIRequest.GetAsync(path, new() { Headers = headers })).TextAsync();
        }
    }

    private static ILocator Lines(Visit visit) => visit.Page.Locator(".notices p");

    /// <summary>More people use AI than the license has seats.</summary>
    private async Task<Visit> OverAsync(string path, int? expiresInDays = null)
    {
        Chromium.Require();
        foreach (var name in new[] { await site.PersonAsync("over"), await site.PersonAsync("over") })
            await Seats.UseAsync(site.Scenario, [await Seats.IdOfAsync(site.Scenario, name)]);
        await Seats.GrantAsync(site.Scenario, 1, expiredDays: -(expiresInDays ?? 35));
        return await site.OpenAsync(path);
    }
}
