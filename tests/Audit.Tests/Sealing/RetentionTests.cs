using Microsoft.Extensions.Configuration;
using Monolith.Audit.Sealing;
using Monolith.Kernel.Settings;
using Monolith.Testing;

namespace Monolith.Audit.Tests.Sealing;

/// <summary>Rows whose time is over go, a whole segment at a time, and the chain goes on from what is left.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task Whole_old_segments_go_and_the_chain_still_fits()
    {
        await using var s = await Scenario.StartAsync();
        for (var i = 0; i < 3; i++)
            await s.CreateUserAsync($"user{i}");
        var before = await s.SealedAsync();
        var rows = before["position"]!.GetValue<long>();

        // Their newest row is a day old from now on: what a clock would bring.
        await s.Server.SqlAsync("update audit.segments set last_at = last_at - interval '25 hours'");
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString, ("Audit:Retention", "1"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await s.Server.SqlAsync("select count(*) from audit.segments where removed_at is not null") is not 1L)
            await Task.Delay(50, limit.Token);

        var after = await s.SealedAsync();
        Assert.True(after["valid"]!.GetValue<bool>(), after.ToJsonString());
        Assert.Equal(rows, after["removed"]!.GetValue<long>());
        Assert.Equal(1, after["verified"]!.GetValue<long>());
        var told = Assert.Single(await s.Owner.LogsAsync(""));
        Assert.Equal(("delete", "audit_log", "The program deleted old rows of the audit log"), (told.Text("action"), told.Text("resource_type"), told.Text("description")));
        Assert.Equal(1, await s.Owner.CountAsync(""));
        Assert.Equal(0L, await s.Server.SqlAsync("select sum(rows)::bigint from audit.counts where resource_type = 'user'"));

        // The hash that was left is part of the chain.
        await s.Server.SqlAsync("update audit.segments set last_hash = sha256('x') where removed_at is not null");
        Assert.False((await s.Owner.GetAsync("/audit/verify"))["valid"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("0", null)]
    [InlineData("30", 30)]
    public void Days_are_read_and_none_is_for_ever(string? text, int? days) => Assert.Equal(days is { } number ? TimeSpan.FromDays(number) : null, Read(text).Kept);

    [Theory]
    [InlineData("-1")]
    [InlineData("a while")]
    [InlineData("40000")]
    public void What_is_no_number_of_days_stops_the_start(string text) =>
        Assert.StartsWith("Audit__Retention: ", Assert.Throws<SettingException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static AuditRetention Read(string? days) => new(new ConfigurationBuilder().AddInMemoryCollection([new("Audit:Retention", days)]).Build());
}
