using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

public sealed class UsageReportTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task AMemberReportsOnlyForThemselves()
    {
        var (own, member) = await Scenario.AddAsync("reporter");
        var other = await Scenario.CreateUserAsync("reported");
        var refused = await SeatProbe.InterceptAsync(member, SeatProbe.Interception(own), SeatProbe.Interception(other));
        Assert.Equal(403, refused.Code);
        Assert.Equal(0L, await CountAsync("interceptions", $"initiator_id in ('{own}', '{other}')"));
        Assert.Equal(0L, await CountAsync("ai_seat_state", $"user_id in ('{own}', '{other}')"));
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(member, SeatProbe.Interception(own)), 1, 0);
        Assert.Equal(1L, await CountAsync("ai_seat_state", $"user_id = '{own}'"));
    }

    [Fact]
    public async Task BadEventsAreRejectedAlone()
    {
        var user = await Scenario.CreateUserAsync("half-good");
        var answer = await SeatProbe.InterceptAsync(
            Scenario.Owner,
            SeatProbe.Interception(user, provider: ""),
            SeatProbe.Interception(user),
            SeatProbe.Interception(Guid.CreateVersion7()),
            SeatProbe.Interception(user, startedAt: Licenses.Now.AddDays(2)),
            SeatProbe.Interception(user, startedAt: Licenses.Now.AddHours(23)));
        SeatProbe.AssertCounts(answer, 2, 0, "provider", "initiator_id", "started_at");
        Assert.Equal(new HashSet<int> { 0, 2, 3 }, [.. answer["rejected"]!.AsArray().Select(row => row!["index"]!.GetValue<int>())]);
        Assert.Equal(2L, await CountAsync("interceptions", $"initiator_id = '{user}'"));
    }

    [Fact]
    public async Task TheSameIdAgainIsADuplicate()
    {
        var user = await Scenario.CreateUserAsync("twice");
        var interception = SeatProbe.Interception(user);
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, interception), 1, 0);
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, interception, interception), 0, 2);
        Assert.Equal(1L, await CountAsync("interceptions", $"initiator_id = '{user}'"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"interceptions\":[]}")]
    [InlineData("{\"interceptions\":5}")]
    [InlineData("{\"interceptions\":[{}")]
    public async Task AMalformedEnvelopeIsRefused(string body) =>
        Assert.Equal(400, (await Scenario.Owner.PostAsync("/ai-usage/interceptions", body)).Code);

    [Fact]
    public async Task ConcurrentFirstUsesMakeOneSeat()
    {
        var user = await Scenario.CreateUserAsync("crowd");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user))));
        Assert.All(answers, answer => SeatProbe.AssertCounts(answer, 1, 0));
        Assert.Equal(1L, await CountAsync("ai_seat_state", $"user_id = '{user}'"));
        Assert.Equal(20L, await CountAsync("interceptions", $"initiator_id = '{user}'"));
        Assert.Equal(1L, await Scenario.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_type = 'ai_seat' and resource_id = '{user}'"));
    }

    private Task<object?> CountAsync(string table, string condition) =>
        Scenario.Server.SqlAsync($"select count(*) from entitlements.{table} where {condition}");
}
