using Monolith.Notifications.Tests.World;
using Monolith.Testing;

namespace Monolith.Notifications.Tests;

/// <summary>Several programs on one database.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task Two_replicas_tell_a_crossing_once_and_share_the_deliveries()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var s = await Scenario.StartAsync(Steps.Quick);
        await using var other = await MonolithServer.StartOnAsync(s.Server.ConnectionString, Steps.Quick);
        await s.Owner.OnlyAsync("seats_used");
        await s.Owner.UseAiAsync(s.OwnerId);
        await s.Owner.SeatsAsync(2);
        var targets = new[] { await s.Owner.HookAsync("One", receiver.Url), await s.Owner.HookAsync("Two", receiver.Url) };
        foreach (var round in new[] { 1, 2, 3, 4 })
        {
            await s.Owner.SeatsAsync(1);
            await Eventually.HoldsAsync(() => receiver.Hooks.Count >= 2 * round, "both targets are told");
            await s.Owner.SeatsAsync(2);
            await Eventually.HoldsAsync(async () => !(await s.Owner.RuleAsync("seats_used"))["is_told"]!.GetValue<bool>(), "it went back");
        }

        Assert.Equal(4L, await s.Server.SqlAsync("select count(*) from notifications.messages"));
        foreach (var _ in Enumerable.Range(0, 40))
            await s.Owner.PostAsync($"/notifications/targets/{targets[0]["id"]}/test");
        await Eventually.HoldsAsync(async () => await s.Server.SqlAsync("select count(*) from notifications.deliveries where status = 'sent'") is 48L, "all are sent");
        Assert.Equal(48, receiver.Hooks.Count);
        Assert.Equal(48, receiver.Hooks.Select(hook => hook.Id).Distinct().Count());
        Assert.Equal(1, await s.Server.SqlAsync("select max(attempts) from notifications.deliveries"));
    }
}
