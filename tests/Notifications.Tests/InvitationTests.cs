using System.Text.RegularExpressions;
using Monolith.Notifications.Tests.World;
using Monolith.Testing;

namespace Monolith.Notifications.Tests;

/// <summary>An invitation from the request to the password, through a real mailbox.</summary>
public sealed partial class InvitationTests
{
    private const string Chosen = "Chosen-Horse-11-Saddle";

    [Fact]
    public async Task A_link_arrives_works_once_and_signs_in_with_what_was_chosen()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        var id = await s.CreateUserAsync("ann");
        using var before = await s.SignInAsync("ann@example.com");
        var first = await InviteAsync(s, mailbox, "ann", 1);
        var token = await InviteAsync(s, mailbox, "ann", 2);
        Assert.Equal(["ann@example.com"], mailbox.Messages[0].To.Mailboxes.Select(to => to.Address));
        Assert.Contains($"{s.Server.Address}invitation?token={token}", mailbox.Messages[1].TextBody, StringComparison.Ordinal);

        Assert.Equal(400, await AcceptAsync(s, first, Chosen));
        Assert.Equal(400, await AcceptAsync(s, token, "weak"));
        Assert.Equal(400, await AcceptAsync(s, token[..^1] + (token[^1] == 'a' ? 'b' : 'a'), Chosen));
        Assert.Equal(204, await AcceptAsync(s, token, Chosen));
        Assert.Equal(400, await AcceptAsync(s, token, Chosen));
        Assert.Equal(401, (await before.GetAsync("/users/me")).Code);
        Assert.Equal(201, (await s.Anonymous().PostAsync("/users/login", new { email = "ann@example.com", password = Chosen })).Code);

        // Nothing of it is left where others look.
        await Eventually.HoldsAsync(async () => (await s.Owner.DeliveriesAsync("?status=sent")).Count == 2, "both are noted");
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from notifications.messages where body <> ''"));
        Assert.Equal(0L, await s.Server.SqlAsync($"select count(*) from platform.audit_logs where coalesce(before::text, '') || coalesce(after::text, '') like '%{token.Split('-')[1]}%'"));
        var log = (await s.Owner.GetAsync($"/audit?q=resource_id:{id}%20result:success"))["audit_logs"]!.AsArray();
        Assert.Equal(["write user", "create invitation", "create invitation", "create user"], log.Select(row => $"{row!["action"]} {row["resource_type"]}").Where(what => !what.StartsWith("login", StringComparison.Ordinal)));
        var delivery = (await s.Owner.DeliveriesAsync())[0];
        Assert.Equal(("account", "ann@example.com"), (delivery["rule"]!.GetValue<string>(), delivery["target_name"]!.GetValue<string>()));
        Assert.Equal(409, (await s.Owner.PostAsync($"/notifications/deliveries/{delivery["id"]}/retry")).Code);
    }

    [Fact]
    public async Task A_link_ends_after_its_time_and_with_its_user()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings, ("Users:InvitationLifetime", "2d")]);
        var late = await InviteUserAsync("ann", 1);
        await s.Server.SqlAsync("update members.invitations set expires_at = now()");
        Assert.Equal(400, await AcceptAsync(s, late, Chosen));
        var suspended = await InviteUserAsync("ben", 2);
        await s.Owner.PutAsync("/users/ben/status/suspend");
        Assert.Equal(400, await AcceptAsync(s, suspended, Chosen));
        var deleted = await InviteUserAsync("cem", 3);
        await s.Owner.DeleteAsync("/users/cem");
        Assert.Equal(400, await AcceptAsync(s, deleted, Chosen));
        Assert.Equal(400, await AcceptAsync(s, "", Chosen));

        async Task<string> InviteUserAsync(string name, int mails)
        {
            await s.CreateUserAsync(name);
            return await InviteAsync(s, mailbox, name, mails);
        }
    }

    [Fact]
    public async Task Two_who_use_a_link_at_once_are_one()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        await s.CreateUserAsync("ann");
        var token = await InviteAsync(s, mailbox, "ann", 1);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AcceptAsync(s, token, $"{Chosen}-{i}")));
        Assert.Equal([204, 400, 400, 400, 400, 400], statuses.Order());
    }

    [Fact]
    public async Task Who_may_not_change_a_password_may_not_invite()
    {
        await using var mailbox = Mailbox.Start();
        await using var s = await Scenario.StartAsync([.. Steps.Quick, .. mailbox.Settings]);
        await s.CreateUserAsync("ann");
        var (_, member) = await s.AddAsync("ben");
        var (_, admin) = await s.AddAsync("cem", "user-admin");
        await s.Owner.PostAsync("/users", new { username = "robot", service_account = true, organization_ids = new[] { s.OrganizationId } });
        Assert.Equal(404, (await member.PostAsync("/users/ann/invitation")).Code);
        Assert.Equal(400, (await admin.PostAsync("/users/owner/invitation")).Code);
        Assert.Equal(400, (await admin.PostAsync("/users/me/invitation")).Code);
        Assert.Equal(400, (await admin.PostAsync("/users/robot/invitation")).Code);
        Assert.Equal(201, (await admin.PostAsync("/users/ann/invitation")).Code);
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from members.invitations"));
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_invited()
    {
        await using var s = await Scenario.StartAsync();
        await s.CreateUserAsync("ann");
        var refused = await s.Owner.PostAsync("/users/ann/invitation");
        Assert.Equal((400, "The setting is Notifications__Smtp__Host."), (refused.Code, refused["detail"]!.GetValue<string>()));
    }

    private static async Task<string> InviteAsync(Scenario s, Mailbox mailbox, string user, int mails)
    {
        var invited = await s.Owner.PostAsync($"/users/{user}/invitation");
        Assert.True(invited.Code == 201, invited.Text);
        Assert.DoesNotContain("token", invited.Text, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => mailbox.Messages.Count == mails, "the mail arrives");
        return Token().Match(mailbox.Messages[mails - 1].TextBody!).Value;
    }

    private static async Task<int> AcceptAsync(Scenario s, string token, string password) => (await s.Anonymous().PostAsync("/invitations/accept", new { token, password })).Code;

    [GeneratedRegex("(?<=token=)[A-Za-z0-9]{10}-[A-Za-z0-9]{22}")]
    private static partial Regex Token();
}
