using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

public sealed class SeatAnswerTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task ASeatIsExplainedToThoseWhoMayReadTheUser()
    {
        var (id, member) = await Scenario.AddAsync("explained");
        var other = await Scenario.CreateUserAsync("unexplained");
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(member, SeatProbe.Interception(id), SeatProbe.Interception(id)), 2, 0);

        var before = await member.GetAsync("/users/me/ai-seat");
        Assert.Equal((true, false), (before["counted"]!.GetValue<bool>(), before["consuming"]!.GetValue<bool>()));
        var license = await Licenses.GrantAsync(Scenario.Owner, 2);
        var after = await member.GetAsync("/users/me/ai-seat");
        Assert.Equal((true, true), (after["counted"]!.GetValue<bool>(), after["consuming"]!.GetValue<bool>()));
        var reason = Assert.Single(after["reasons"]!.AsArray())!;
        Assert.Equal(("aibridge", 2), (reason["type"]!.GetValue<string>(), reason["events"]!.GetValue<int>()));
        Assert.Equal(404, (await member.GetAsync($"/users/{other}/ai-seat")).Code);
        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    [Fact]
    public async Task TheDeploymentsSeatsAreForUserReaders()
    {
        var (id, member) = await Scenario.AddAsync("listed-seat");
        await SeatProbe.InterceptAsync(member, SeatProbe.Interception(id));
        Assert.Equal(403, (await member.GetAsync("/ai-seats")).Code);
        Assert.Equal(403, (await member.GetAsync("/ai-seats/summary")).Code);
        var found = await Scenario.Owner.GetAsync("/ai-seats?q=listed-seat");
        Assert.Equal((200, 1), (found.Code, found["count"]!.GetValue<int>()));
        Assert.Equal(id, found["seats"]![0]!["user"]!["id"]!.GetValue<Guid>());
        Assert.Equal(0, (await Scenario.Owner.GetAsync("/ai-seats?q=listed%25seat"))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task EventTimesOnlyWidenTheSpan()
    {
        var id = await Scenario.CreateUserAsync("spanned");
        var now = Licenses.Now;
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(id, startedAt: now.AddHours(-2), provider: "middle"));
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(id, startedAt: now.AddHours(-3), provider: "early"));
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(id, startedAt: now.AddHours(-1), provider: "late"));
        var seat = (await Scenario.Owner.GetAsync("/ai-seats?q=spanned"))["seats"]![0]!;
        Assert.Equal(TimeSpan.FromHours(2), seat["last_used_at"]!.GetValue<DateTimeOffset>() - seat["first_used_at"]!.GetValue<DateTimeOffset>());
        Assert.Contains("late", seat["last_event_description"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
