using System.Net;
using System.Text.RegularExpressions;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests;

/// <summary>Finding 16: one of a kind reads as one, wherever it is counted. Nothing of this server is there twice.</summary>
public sealed partial class PluralTests : IAsyncLifetime
{
    private Scenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _scenario = await Scenario.StartAsync();
        await Seats.GrantAsync(_scenario, 1);
        await Seats.UseAsync(_scenario, _scenario.OwnerId);
        await _scenario.Owner.PostAsync("/organizations/main/members/roles", new { name = "single", display_name = "Single", organization_permissions = new[] { new { negate = false, resource_type = "group", action = "read" } } });
        // Nobody gives themselves a role.
        await _scenario.Server.SqlAsync("update members.organization_members set roles = array['single']");
        await _scenario.Owner.PostAsync("/users/me/keys/tokens", new { token_name = "single" });
        await _scenario.Owner.PostAsync("/notifications/targets", new { name = "single", kind = "webhook", enabled = false, url = "https://hooks.example.invalid/" });
        foreach (var rule in new[] { "license_ends", "audit_chain_broken" })
            Assert.Equal(200, (await _scenario.Owner.PutAsync($"/notifications/rules/{rule}", new { enabled = true, thresholds = new[] { 1 } })).Code);
    }

    public Task DisposeAsync() => _scenario.DisposeAsync().AsTask();

    private static readonly (string Path, string Says)[] Pages =
    [
        ("/users", "1–1 of 1 user"),
        ("/users?filter=status:active", "1–1 of 1 user"),
        ("/users/owner", "1 session"),
        ("/users/bulk?action=suspend&user=owner", "this person"),
        ("/users/bulk?action=add-role&all=yes", "this person"),
        ("/organizations", "1"),
        ("/organizations/main/members", "1–1 of 1 member"),
        ("/organizations/main/members/bulk?action=remove&user=owner", "this person"),
        ("/organizations/main/groups", "1–1 of 1 group"),
        ("/organizations/main/groups/Everyone", "1–1 of 1 member"),
        ("/organizations/main/roles", "1 custom"),
        ("/organizations/main/roles/single", "1"),
        ("/organizations/main/roles/single/delete", "1 member"),
        ("/licenses", "1 of 1 seat"),
        ("/ai-seats", "1–1 of 1"),
        ("/ai-seats/free?user=owner", "1"),
        ("/ai-seats/what-if?limit=1&dormant_after_days=1", "1"),
        ("/notifications", "hour"),
        ("/notifications/rules/license_ends", "1"),
        ("/audit?filter=resource_type:license", "1 row"),
        ("/settings/tokens", "single"),
        ("/settings/tokens/new", "day"),
        ("/dormancy/1", "1"),
    ];

    [Fact]
    public async Task One_is_one_on_every_page_that_counts()
    {
        await Assert.AllAsync(Pages, page => CheckAsync(page.Path, page.Says));
        // The group of everybody is none of a user's own.
        var group = (await _scenario.Owner.PostAsync("/organizations/main/groups", new { name = "single" }))["id"];
        await _scenario.Owner.SendAsync(HttpMethod.Patch, $"/groups/{group}", new { add_users = new[] { _scenario.OwnerId } });
        await CheckAsync($"/user-groups?user={_scenario.OwnerId}", "1 group");
    }

    private async Task CheckAsync(string path, string says)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _scenario.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{SessionCookieNames.Session}={_scenario.Owner.Token}");
        request.Headers.Add("Accept", "text/html");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        // What is read aloud alone counts as well.
        var read = string.Join(" | ", Names().Matches(html).Select(match => match.Groups[1].Value));
        var text = WebUtility.HtmlDecode(Blanks().Replace($"{Tags().Replace(Inline().Replace(html, " "), " | ")} | {read}", " "));
        Assert.Contains(says, text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Plurals().Matches(text).Select(match => match.Value));
    }

    // "1 of 1 members" and "1 AI seats"; not "1 is" or "1 has".
    [GeneratedRegex(@"(?<![\d.,:/–-])1 (?!is\b|was\b|has\b|as\b|less\b|holds\b)(?:AI )?[a-z]+s\b")]
    private static partial Regex Plurals();

    [GeneratedRegex("</?(?:strong|small|bdi|b)\\b[^>]*>")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?s)<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?:aria-label|title|placeholder)=""([^""]*)""")]
    private static partial Regex Names();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
