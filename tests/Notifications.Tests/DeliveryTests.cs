using Monolith.Notifications.Tests.World;
using Monolith.Testing;

namespace Monolith.Notifications.Tests;

/// <summary>Messages on their way from the real program to real receivers.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Seats_that_run_out_are_told_by_mail_and_by_a_webhook_that_is_signed()
    {
        await using var mailbox = Mailbox.Start();
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        await s.Owner.OnlyAsync("seats_used");
        await s.Owner.UseAiAsync(s.OwnerId);
        await s.Owner.SeatsAsync(1);
        await s.Owner.MailAsync("Finance", "finance@example.com", "ops@example.com");
        var hook = await s.Owner.HookAsync("Chat", receiver.Url);
        await Eventually.HoldsAsync(() => mailbox.Messages.Count > 0 && receiver.Hooks.Count > 0, "both arrive");

        var mail = Assert.Single(mailbox.Messages);
        Assert.Equal(("All AI seats are used", "finance@example.com, ops@example.com"), (mail.Subject, string.Join(", ", mail.To.Mailboxes.Select(to => to.Address))));
        Assert.Contains("1 of 1 AI seats are used (100 percent).", mail.TextBody, StringComparison.Ordinal);
        var received = Assert.Single(receiver.Hooks);
        Assert.True(received.IsSignedBy(hook["secret"]!.GetValue<string>()));
        Assert.Equal(("seats_used", "All AI seats are used", 1L), (received.Json["type"]!.GetValue<string>(), received.Json["subject"]!.GetValue<string>(), received.Json["data"]!["actual"]!.GetValue<long>()));
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Timestamp, System.Globalization.CultureInfo.InvariantCulture)), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());

        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 2, "both are noted");
        var deliveries = await s.Owner.DeliveriesAsync();
        Assert.Single(deliveries.Select(one => one["message_id"]!.GetValue<Guid>()).Distinct());
        Assert.Equal(received.Id, deliveries.Single(one => one["kind"]!.GetValue<string>() == "webhook")["id"]!.GetValue<string>());
        Assert.StartsWith(deliveries.Single(one => one["kind"]!.GetValue<string>() == "email")["id"]!.GetValue<string>(), mail.MessageId, StringComparison.Ordinal);
        Assert.Equal(received.Json["id"]!.GetValue<Guid>(), deliveries[0]["message_id"]!.GetValue<Guid>());
        await s.Owner.LooksAsync("seats_used");
        Assert.Single(mailbox.Messages);
    }

    [Fact]
    public async Task A_target_hears_the_rules_that_it_names_and_each_rule_waits_for_one_that_hears_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        await s.Owner.OnlyAsync("seats_used");
        await s.Owner.UseAiAsync(s.OwnerId);
        await s.Owner.SeatsAsync(1);
        var made = await s.Owner.PostAsync("/notifications/targets", new { name = "Licenses", kind = "webhook", url = receiver.Url.ToString(), rules = new[] { "license_ends", "audit_chain_broken" } });
        Assert.Equal(["license_ends", "audit_chain_broken"], made["rules"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.Equal(400, (await s.Owner.PostAsync("/notifications/targets", new { name = "Bad", kind = "webhook", url = receiver.Url.ToString(), rules = new[] { "license_end" } })).Code);

        // Nobody hears of seats: what is the case already is kept for the first who does.
        await s.Owner.PostAsync($"/notifications/targets/{made["id"]}/test");
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 1, "the test arrives, whatever the target hears");
        Assert.Null((await s.Owner.RuleAsync("seats_used"))["looked_at"]);
        await s.Owner.HookAsync("Everything", receiver.Url);
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 2, "the second target is told");
        Assert.Equal("Everything", Assert.Single(await s.Owner.DeliveriesAsync(), one => one["rule"]!.GetValue<string>() == "seats_used")["target_name"]!.GetValue<string>());

        var changed = await s.Owner.SendAsync(HttpMethod.Patch, $"/notifications/targets/{made["id"]}", new { rules = Array.Empty<string>() });
        Assert.Empty(changed["rules"]!.AsArray());
        await s.Owner.SeatsAsync(2);
        await s.Owner.LooksAsync("seats_used");
        await s.Owner.SeatsAsync(1);
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 4, "both are told");
        Assert.Equal(["Everything", "Licenses"], (await s.Owner.DeliveriesAsync()).Where(one => one["rule"]!.GetValue<string>() == "seats_used").Take(2).Select(one => one["target_name"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task A_crossing_is_told_once_and_again_only_after_it_went_back()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        await s.Owner.OnlyAsync("seats_used");
        await s.Owner.UseAiAsync(s.OwnerId);
        await s.Owner.SeatsAsync(2);
        await s.Owner.HookAsync("Chat", receiver.Url);
        await s.Owner.LooksAsync("seats_used");
        Assert.Empty(receiver.Hooks);
        foreach (var round in new[] { 1, 2, 3 })
        {
            await s.Owner.SeatsAsync(1);
            await s.Owner.LooksAsync("seats_used");
            await s.Owner.LooksAsync("seats_used");
            await Eventually.HoldsAsync(() => receiver.Hooks.Count >= round, "the crossing is told");
            await s.Owner.SeatsAsync(2);
            await s.Owner.LooksAsync("seats_used");
            Assert.False((await s.Owner.RuleAsync("seats_used"))["is_told"]!.GetValue<bool>());
        }

        Assert.Equal(3, receiver.Hooks.Count);
        Assert.Equal(3, receiver.Hooks.Select(hook => hook.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_fails_gets_the_same_message_again_under_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = receiver.Hooks.Count == 1 ? 500 : 200;
            return Task.CompletedTask;
        };
        var hook = await s.Owner.HookAsync("Chat", receiver.Url);
        var sent = await s.Owner.PostAsync($"/notifications/targets/{hook["id"]}/test");
        Assert.Equal((201, "test", "waiting"), (sent.Code, sent["rule"]!.GetValue<string>(), sent["status"]!.GetValue<string>()));
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync())[0]["last_error"] is not null, "the failure is noted");
        var failed = (await s.Owner.DeliveriesAsync())[0];
        Assert.Equal(("The receiver answered 500.", 1, "waiting"), (failed["last_error"]!.GetValue<string>(), failed["attempts"]!.GetValue<int>(), failed["status"]!.GetValue<string>()));
        Assert.True(failed["next_attempt_at"]!.GetValue<DateTimeOffset>() > failed["created_at"]!.GetValue<DateTimeOffset>());

        await s.Server.SqlAsync("update notifications.deliveries set due_at = now()");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 1, "it arrives");
        Assert.Equal([receiver.Hooks[0].Id, receiver.Hooks[0].Id], receiver.Hooks.Select(one => one.Id));
        Assert.Equal(receiver.Hooks[0].Body, receiver.Hooks[1].Body);
        Assert.True(receiver.Hooks[1].IsSignedBy(hook["secret"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_fails_to_the_end_is_given_up_and_can_be_tried_again()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        mailbox.Takes = false;
        var target = await s.Owner.MailAsync("Ops", "ops@example.com");
        await s.Owner.PostAsync($"/notifications/targets/{target["id"]}/test");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync())[0]["last_error"] is not null, "the failure is noted");
        await s.Server.SqlAsync("update notifications.deliveries set due_at = now(), attempts = 11");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=dead")).Count == 1, "it is given up");
        var dead = (await s.Owner.DeliveriesAsync())[0];
        Assert.Equal(12, dead["attempts"]!.GetValue<int>());
        Assert.NotNull(dead["finished_at"]);

        mailbox.Takes = true;
        var retried = await s.Owner.PostAsync($"/notifications/deliveries/{dead["id"]}/retry");
        Assert.Equal((200, "waiting"), (retried.Code, retried["status"]!.GetValue<string>()));
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 1, "it arrives");
        Assert.Equal("Test message for Ops", Assert.Single(mailbox.Messages).Subject);
        Assert.Equal(409, (await s.Owner.PostAsync($"/notifications/deliveries/{dead["id"]}/retry")).Code);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_nobody_and_no_connection()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, ("Notifications:Timeout", "5m")]);
        slow.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var (stuck, other) = (await s.Owner.HookAsync("Slow", slow.Url), await s.Owner.HookAsync("Quick", quick.Url));
        foreach (var _ in new[] { 1, 2, 3 })
            await s.Owner.PostAsync($"/notifications/targets/{stuck["id"]}/test");
        await Eventually.HoldsAsync(() => slow.Hooks.Count == 3, "three hang");
        await s.Owner.PostAsync($"/notifications/targets/{other["id"]}/test");
        await Eventually.HoldsAsync(() => quick.Hooks.Count == 1, "the other one has it");
        // What else the server does is between two of its statements for a moment.
        await Eventually.HoldsAsync(
            async () => await s.Server.SqlAsync("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'") is 0L,
            "no transaction is held");
        Assert.Equal(3, slow.Hooks.Count);
    }

    [Fact]
    public async Task What_waits_for_a_target_that_is_deleted_is_given_up()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var hook = await s.Owner.HookAsync("Chat", receiver.Url);
        await s.Owner.PostAsync($"/notifications/targets/{hook["id"]}/test");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync())[0]["last_error"] is not null, "the failure is noted");
        Assert.Equal(204, (await s.Owner.DeleteAsync($"/notifications/targets/{hook["id"]}")).Code);
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=dead")).Count == 1, "it is given up");
        Assert.Equal(("The target was deleted.", "Chat"), ((string?)(await s.Owner.DeliveriesAsync())[0]["last_error"], (string?)(await s.Owner.DeliveriesAsync())[0]["target_name"]));
        Assert.Single(receiver.Hooks);
    }

    [Fact]
    public async Task Deliveries_that_ended_long_ago_are_forgotten_at_the_next_start()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        var hook = await s.Owner.HookAsync("Chat", receiver.Url);
        foreach (var _ in new[] { 1, 2 })
            await s.Owner.PostAsync($"/notifications/targets/{hook["id"]}/test");
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 2, "both are sent");
        var newest = (await s.Owner.DeliveriesAsync())[0]["id"]!.GetValue<string>();
        await s.Server.SqlAsync($"update notifications.deliveries set finished_at = now() - interval '31 days' where id <> '{newest}'; update notifications.messages set created_at = now() - interval '31 days'");
        await using (await MonolithServer.StartOnAsync(s.Server.ConnectionString))
            await Eventually.HoldsAsync(async () => await s.Server.SqlAsync("select count(*) from notifications.messages") is 1L, "the old one goes");
        Assert.Equal([newest], (await s.Owner.DeliveriesAsync()).Select(one => one["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_audit_log_that_was_changed_and_users_who_stay_away_are_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, ("Users:DormantAfter", "30")]);
        await s.Owner.OnlyAsync("none of them");
        await s.Owner.HookAsync("Chat", receiver.Url);
        var ann = await s.CreateUserAsync("ann");
        await s.Server.SqlAsync($"update members.users set created_at = now() - interval '25 days', last_seen_at = now() - interval '25 days' where id = '{ann}'");
        await s.Owner.PutAsync("/notifications/rules/users_become_dormant", new { enabled = true });
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 1, "the user is told of");
        Assert.Equal("1 user will become dormant within 7 days", receiver.Hooks[0].Json["subject"]!.GetValue<string>());

        await Eventually.HoldsAsync(async () => await s.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs") is 0L, "all is sealed");
        await s.Server.SqlAsync("update platform.audit_logs set target = 'nobody' where resource_type = 'user' and target = 'ann'");
        await s.Owner.PutAsync("/notifications/rules/audit_chain_broken", new { enabled = true });
        await Eventually.HoldsAsync(() => receiver.Hooks.Count == 2, "the change is told of");
        Assert.Equal("audit_chain_broken", receiver.Hooks[1].Json["type"]!.GetValue<string>());
        Assert.Contains("it was changed, or it stood elsewhere", receiver.Hooks[1].Json["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
