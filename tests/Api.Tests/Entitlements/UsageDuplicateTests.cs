using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2: an event id that is stored is a duplicate, whatever else the event says.</summary>
public sealed class UsageDuplicateTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Of_an_interception_that_is_stored_nothing_is_looked_at()
    {
        var user = await Scenario.CreateUserAsync("dup-user");
        var gone = await Scenario.CreateUserAsync("dup-gone");
        var (id, lost) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user, id), SeatProbe.Interception(gone, lost)), 2, 0);
        await Scenario.Owner.DeleteAsync($"/users/{gone}");

        var answer = await SeatProbe.InterceptAsync(
            Scenario.Owner,
            SeatProbe.Interception(gone, lost),
            SeatProbe.Interception(Guid.CreateVersion7(), id),
            SeatProbe.Interception(user, id, provider: ""),
            new { id, started_at = 7 },
            new { id = Guid.CreateVersion7(), initiator_id = gone, provider = "p", model = "m", started_at = Licenses.Now });

        SeatProbe.AssertCounts(answer, 0, 4, "initiator_id");
        Assert.Equal("anthropic", await Scenario.Server.SqlAsync($"select provider from entitlements.interceptions where id = '{id}'"));
    }

    [Fact]
    public async Task A_duplicate_may_still_end_an_interception_of_somebody_whom_the_caller_reports_for()
    {
        var (user, member) = await Scenario.AddAsync("dup-ends");
        var (other, stranger) = await Scenario.AddAsync("dup-stranger");
        var id = Guid.CreateVersion7();
        var started = Licenses.Now.AddHours(-1);
        await SeatProbe.InterceptAsync(member, SeatProbe.Interception(user, id, started));

        // Neither under a name of their own nor without one.
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(stranger, End(id, other, started)), 0, 1);
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(stranger, new { id, ended_at = Licenses.Now }), 0, 1);
        Assert.Equal(DBNull.Value, await EndOfAsync(id));
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(member, new { id, ended_at = started.AddHours(-1) }), 0, 1);
        Assert.Equal(DBNull.Value, await EndOfAsync(id));

        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(member, new { id, initiator_id = user, ended_at = Licenses.Now, metadata = 7 }), 0, 1);
        Assert.IsType<DateTime>(await EndOfAsync(id));
    }

    [Fact]
    public async Task Of_one_id_in_one_report_the_first_that_can_be_taken_counts()
    {
        var user = await Scenario.CreateUserAsync("dup-first");
        var (id, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var answer = await SeatProbe.InterceptAsync(
            Scenario.Owner,
            SeatProbe.Interception(user, id, provider: "first"),
            SeatProbe.Interception(user, id, provider: "second"),
            SeatProbe.Interception(user, id, provider: ""),
            SeatProbe.Interception(user, other, provider: ""),
            SeatProbe.Interception(user, other, provider: "late"));
        SeatProbe.AssertCounts(answer, 2, 2, "provider");
        Assert.Equal(3, answer["rejected"]![0]!["index"]!.GetValue<int>());
        Assert.Equal("first,late", await Scenario.Server.SqlAsync($"select string_agg(provider, ',' order by provider) from entitlements.interceptions where initiator_id = '{user}'"));
    }

    [Fact]
    public async Task A_stored_build_stores_no_workspace_and_asks_for_no_owner()
    {
        var user = await Scenario.CreateUserAsync("dup-builder");
        var gone = await Scenario.CreateUserAsync("dup-builder-gone");
        var build = new Build(Scenario, user);
        SeatProbe.AssertCounts(await build.SendAsync(), 1, 0);
        var phantom = Guid.CreateVersion7();
        SeatProbe.AssertCounts(await (build with { Workspace = phantom }).SendAsync(), 0, 1);
        SeatProbe.AssertCounts(await (build with { Owner = Guid.CreateVersion7() }).SendAsync(), 0, 1);
        SeatProbe.AssertCounts(await (build with { Number = 9, Transition = "delete" }).SendAsync(), 0, 1);
        Assert.Equal(0L, await Scenario.Server.SqlAsync($"select count(*) from entitlements.workspaces where id = '{phantom}'"));
        Assert.Equal(1L, await Scenario.Server.SqlAsync($"select count(*) from entitlements.workspaces where owner_id = '{user}' and not deleted and latest_build_number = 1"));

        var late = new Build(Scenario, gone, Transition: "delete");
        SeatProbe.AssertCounts(await late.SendAsync(), 1, 0);
        Assert.Equal(200, (await Scenario.Owner.DeleteAsync($"/users/{gone}")).Code);
        SeatProbe.AssertCounts(await late.SendAsync(), 0, 1);
    }

    [Fact]
    public async Task The_same_build_from_several_at_once_makes_one_workspace()
    {
        var user = await Scenario.CreateUserAsync("dup-crowd");
        var build = new Build(Scenario, user);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => (build with { Workspace = Guid.CreateVersion7() }).SendAsync()));
        Assert.Equal(1, answers.Sum(answer => answer["accepted"]!.GetValue<int>()));
        Assert.Equal(11, answers.Sum(answer => answer["duplicates"]!.GetValue<int>()));
        Assert.Equal(1L, await Scenario.Server.SqlAsync($"select count(*) from entitlements.workspaces where owner_id = '{user}'"));
    }

    private static object End(Guid id, Guid initiator, DateTimeOffset started) =>
        new { id, initiator_id = initiator, provider = "p", model = "m", started_at = started, ended_at = Licenses.Now };

    private Task<object?> EndOfAsync(Guid id) => Scenario.Server.SqlAsync($"select ended_at from entitlements.interceptions where id = '{id}'");
}
