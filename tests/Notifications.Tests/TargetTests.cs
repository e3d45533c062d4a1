using Monolith.Notifications.Tests.World;
using Monolith.Testing;

namespace Monolith.Notifications.Tests;

/// <summary>Targets and rules over HTTP: who may, what is refused, and what is kept secret.</summary>
public sealed class TargetTests
{
    [Fact]
    public async Task A_secret_is_shown_once_and_stands_nowhere_else()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        var made = await s.Owner.HookAsync("Chat", new Uri(receiver.Url, "/T0/B0/token-in-the-path?key=token-in-the-query"));
        var (id, secret) = (made["id"]!.GetValue<Guid>(), made["secret"]!.GetValue<string>());
        var renewed = await s.Owner.PostAsync($"/notifications/targets/{id}/secret");
        Assert.NotEqual(secret, renewed["secret"]!.GetValue<string>());
        await s.Owner.SendAsync(HttpMethod.Patch, $"/notifications/targets/{id}", new { url = new Uri(receiver.Url, "/another-token").ToString() });
        await s.Owner.PostAsync($"/notifications/targets/{id}/test");
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 1, "it arrives");
        Assert.True(receiver.Hooks[0].IsSignedBy(renewed["secret"]!.GetValue<string>()));
        Assert.Null((await s.Owner.GetAsync($"/notifications/targets/{id}"))["secret"]);
        Assert.Null((await s.Owner.GetAsync("/notifications/targets")).Json![0]!["secret"]);

        var stored = (string)(await s.Server.SqlAsync(
            "select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), ' ') from platform.audit_logs where resource_type like 'notification%'"))!;
        Assert.DoesNotContain("token", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", (string)(await s.Server.SqlAsync("select secret from notifications.targets"))!, StringComparison.Ordinal);
        var log = (await s.Owner.GetAsync("/audit?q=resource_type:notification_target"))["audit_logs"]!.AsArray();
        Assert.Equal(["write", "write", "create"], log.Select(row => row!["action"]!.GetValue<string>()));
        Assert.True(log[0]!["diff"]!["url"]!["secret"]!.GetValue<bool>());
        Assert.True(log[1]!["diff"]!["secret"]!["secret"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://example.com/#there")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.com/")]
    [InlineData("")]
    public async Task An_address_that_is_none_or_leads_home_is_refused_by_name(string url)
    {
        await using var s = await Scenario.StartAsync();
        var refused = await s.Owner.PostAsync("/notifications/targets", new { name = "Chat", kind = "webhook", url });
        Assert.Equal((400, "url"), (refused.Code, refused["validations"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from notifications.targets"));
    }

    [Fact]
    public async Task A_target_has_a_name_of_its_own_and_the_fields_of_its_kind()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        var mail = await s.Owner.MailAsync("Ops", "ops@example.com");
        Assert.Null(mail["secret"]);
        Assert.Equal(409, (await PostAsync(new { name = "Ops", kind = "email", recipients = new[] { "other@example.com" } })).Code);
        Assert.Equal(["name", "kind"], Fields(await PostAsync(new { })));
        Assert.Equal(["name"], Fields(await PostAsync(new { name = "two\nlines", kind = "email", recipients = new[] { "a@example.com" } })));
        Assert.Equal(["recipients"], Fields(await PostAsync(new { name = "One", kind = "email" })));
        Assert.Equal(["recipients"], Fields(await PostAsync(new { name = "One", kind = "email", recipients = Array.Empty<string>() })));
        Assert.Equal(["recipients"], Fields(await PostAsync(new { name = "One", kind = "email", recipients = new[] { "a@example.com\r\nBcc: b@example.com" } })));
        Assert.Equal(["recipients"], Fields(await PostAsync(new { name = "One", kind = "email", recipients = new[] { "a@example.com", "A@example.com" } })));
        Assert.Equal(["url"], Fields(await PostAsync(new { name = "One", kind = "email", url = "https://example.com/", recipients = new[] { "a@example.com" } })));
        Assert.Equal(["url"], Fields(await PostAsync(new { name = "One", kind = "webhook" })));
        Assert.Equal(400, (await s.Owner.PostAsync($"/notifications/targets/{mail["id"]}/secret")).Code);
        Assert.Equal(404, (await s.Owner.GetAsync($"/notifications/targets/{Guid.CreateVersion7()}")).Code);

        var changed = await s.Owner.SendAsync(HttpMethod.Patch, $"/notifications/targets/{mail["id"]}", new { name = "Operations", enabled = false });
        Assert.Equal(("Operations", false), (changed["name"]!.GetValue<string>(), changed["enabled"]!.GetValue<bool>()));

        Task<ApiAnswer> PostAsync(object body) => s.Owner.PostAsync("/notifications/targets", body);
    }

    [Fact]
    public async Task Without_a_mail_server_there_are_no_mails()
    {
        await using var s = await Scenario.StartAsync();
        var refused = await s.Owner.PostAsync("/notifications/targets", new { name = "Ops", kind = "email", recipients = new[] { "ops@example.com" } });
        Assert.Equal(["kind"], Fields(refused));
        Assert.Contains("Notifications__Smtp__Host", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_owners_see_and_change_anything_of_it()
    {
        await using var s = await Scenario.StartAsync();
        var (_, member) = await s.AddAsync("ann");
        var (_, auditor) = await s.AddAsync("ben", "auditor", "user-admin", "template-admin");
        foreach (var client in new[] { member, auditor })
        {
            foreach (var path in new[] { "/notifications/rules", "/notifications/targets", "/notifications/deliveries" })
                Assert.Equal(403, (await client.GetAsync(path)).Code);
            Assert.Equal(403, (await client.PutAsync("/notifications/rules/seats_used", new { enabled = false })).Code);
            Assert.Equal(403, (await client.PostAsync("/notifications/targets", new { name = "Chat", kind = "webhook", url = "http://127.0.0.1/" })).Code);
            Assert.Equal(403, (await client.PostAsync($"/notifications/deliveries/{Guid.CreateVersion7()}/retry")).Code);
        }
    }

    [Fact]
    public async Task A_rule_is_set_within_its_bounds_and_leaves_a_row_when_it_changes()
    {
        await using var s = await Scenario.StartAsync();
        var rules = (await s.Owner.GetAsync("/notifications/rules")).Json!.AsArray();
        Assert.Equal(["seats_used", "seats_projected_full", "license_ends", "users_become_dormant", "audit_chain_broken"], rules.Select(rule => rule!["name"]!.GetValue<string>()));
        var changed = await s.Owner.PutAsync("/notifications/rules/seats_used", new { thresholds = new[] { 95, 50 } });
        Assert.Equal((200, "[50,95]"), (changed.Code, changed["thresholds"]!.ToJsonString()));
        Assert.Equal(200, (await s.Owner.PutAsync("/notifications/rules/seats_used", new { thresholds = new[] { 50, 95 }, enabled = true })).Code);
        foreach (var bad in new int[][] { [], [0], [101], [50, 50], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] })
            Assert.Equal(["thresholds"], Fields(await s.Owner.PutAsync("/notifications/rules/seats_used", new { thresholds = bad })));
        Assert.Equal(["thresholds"], Fields(await s.Owner.PutAsync("/notifications/rules/audit_chain_broken", new { thresholds = new[] { 1, 2 } })));
        Assert.Equal(404, (await s.Owner.PutAsync("/notifications/rules/no_such_rule", new { enabled = true })).Code);
        var log = (await s.Owner.GetAsync("/audit?q=resource_type:notification_rule%20result:success"))["audit_logs"]!.AsArray();
        Assert.Equal("seats_used", Assert.Single(log)!["resource_target"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deliveries_are_paged_by_cursor_and_kept_apart_by_status()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        var hook = await s.Owner.HookAsync("Chat", receiver.Url);
        foreach (var _ in Enumerable.Range(0, 5))
            await s.Owner.PostAsync($"/notifications/targets/{hook["id"]}/test");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 5, "all are sent");
        var first = await s.Owner.GetAsync("/notifications/deliveries?limit=3&count=false");
        var rows = first["deliveries"]!.AsArray().Select(row => row!["id"]!.GetValue<Guid>()).ToList();
        Assert.Null(first["count"]);
        Assert.Contains("rel=\"next\"", first.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        rows.AddRange((await s.Owner.DeliveriesAsync($"?limit=3&after_id={rows[^1]}")).Select(row => row["id"]!.GetValue<Guid>()));
        Assert.Equal(rows.OrderDescending(), rows);
        Assert.Equal(5, rows.Distinct().Count());
        Assert.Empty(await s.Owner.DeliveriesAsync("?status=dead"));
        Assert.Equal(["status"], Fields(await s.Owner.GetAsync("/notifications/deliveries?status=lost")));
    }

    private static IEnumerable<string> Fields(ApiAnswer refused)
    {
        Assert.Equal(400, refused.Code);
        return refused["validations"]!.AsArray().Select(one => one!["field"]!.GetValue<string>()).Distinct();
    }
}
