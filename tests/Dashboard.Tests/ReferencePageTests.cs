using System.Collections.Concurrent;
using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>The API reference as readers see it: complete, without script, in both themes, on every width, and of this host alone.</summary>
[Collection(SiteCollection.Name)]
public sealed class ReferencePageTests(Site site)
{
    private const int Heaviest = 300_000;

    // A reader sees what is laid out: text that is hidden without script is not in innerText.
    private const string Shown =
        "() => [...document.querySelectorAll('article.operation')].map(card => ({ id: card.id, text: card.innerText }))";

    private const string DeadAnchors =
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(link => link.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))";

    private const string LayoutShift =
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })";

    [SkippableFact]
    public async Task Every_operation_of_the_document_is_on_a_page_that_is_read_without_script()
    {
        Chromium.Require();
        var document = await Reference.DocumentAsync(site.Scenario);
        var operations = Reference.Operations(document);
        Assert.True(operations.Count > 70);
        await using var visit = await site.OpenAnonymousAsync("/docs", new(Script: false));
        Assert.Equal("API reference – Monolith", await visit.Page.TitleAsync());
        var overview = await visit.Page.Locator("main").InnerTextAsync();
        Assert.Contains("Wire-compatible", overview, StringComparison.Ordinal);
        Assert.All(document["components"]!["headers"]!.AsObject(), header => Assert.Contains(header.Key, overview, StringComparison.Ordinal));
        var links = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.operations a')].map(link => link.getAttribute('href').split('#')[1])");
        Assert.Equal(operations.Select(one => one.Id).Order(), links.Order());

        var shown = new Dictionary<string, string>();
        foreach (var page in await visit.PagesAsync())
        {
            await visit.Page.GotoAsync(page);
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(DeadAnchors));
            foreach (var card in await visit.Page.EvaluateAsync<Card[]>(Shown))
                shown.Add(card.Id, card.Text);
        }

        Assert.Equal(operations.Select(one => one.Id).Order(), shown.Keys.Order());
        Assert.All(operations, operation =>
        {
            var text = shown[operation.Id];
            Assert.All(
                [operation.Method, operation.Path, .. operation.Parameters, .. operation.Statuses, .. operation.BodyMembers(document), "curl "],
                word => Assert.Contains(word, text, StringComparison.Ordinal));
            Assert.DoesNotContain("Try it", text, StringComparison.Ordinal);
        });
    }

    [SkippableTheory]
    [InlineData("/docs")]
    [InlineData("/docs/users")]
    [InlineData("/docs/ai-usage")]
    public async Task A_page_is_accessible_in_both_themes_and_on_three_widths(string path)
    {
        foreach (var dark in new[] { false, true })
        {
            await using var visit = await site.OpenAsync("/organizations", options: new(Dark: dark));
            await visit.Page.GotoAsync(path);
            await visit.Page.EvaluateAsync("() => [...document.querySelectorAll('details')].slice(0, 6).forEach(one => { one.open = true; })");
            foreach (var width in new[] { 360, 768, 1440 })
            {
                await visit.Page.SetViewportSizeAsync(width, 800);
                Assert.Empty((await visit.FaultsOfScanAsync()).Select(fault => $"{width}: {fault}"));
                Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"wider than {width}");
            }
        }
    }

    [SkippableFact]
    public async Task Every_page_is_light_asks_this_host_alone_and_nothing_moves()
    {
        await using var visit = await site.OpenAnonymousAsync("/docs");
        foreach (var page in await visit.PagesAsync())
        {
            var sizes = new ConcurrentQueue<Task<RequestSizesResult>>();
            void Weigh(object? sender, IRequest request) => sizes.Enqueue(request.SizesAsync());
            visit.Page.RequestFinished += Weigh;
            await visit.Page.GotoAsync(page, new() { WaitUntil = WaitUntilState.NetworkIdle });
            visit.Page.RequestFinished -= Weigh;
            Assert.InRange((await Task.WhenAll(sizes)).Sum(size => size.ResponseBodySize), 1_000, Heaviest);
            Assert.Equal(0, await visit.Page.EvaluateAsync<double>(LayoutShift));
        }

        Assert.All(visit.Requests, request => Assert.Equal(site.Scenario.Server.Address.Authority, request.Authority));
    }

    [SkippableFact]
    public async Task An_operation_is_found_by_a_word()
    {
        await using var visit = await site.OpenAnonymousAsync("/docs");
        await visit.Page.GetByLabel("Find an operation").FillAsync("buildinfo");
        await Expect(visit.Page.Locator(".operations li:visible")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("section.group:visible")).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("Find an operation").FillAsync("nothing is called so");
        await Expect(visit.Page.Locator("[data-none]")).ToBeVisibleAsync();
    }

    private sealed record Card(string Id, string Text)
    {
        public Card()
            : this("", "")
        {
        }
    }
}
