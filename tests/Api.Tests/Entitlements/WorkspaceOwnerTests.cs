using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2: who owns a reported workspace, and what happens when it changes hands.</summary>
public sealed class WorkspaceOwnerTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task The_owner_must_be_a_member_of_the_organization()
    {
        var organization = (await Scenario.Owner.PostAsync("/organizations", new { name = "builds-outside" }))["id"]!.GetValue<Guid>();
        var user = await Scenario.CreateUserAsync("outsider");
        var build = new Build(Scenario, user) { Organization = organization };
        SeatProbe.AssertCounts(await build.SendAsync(), 0, 0, "owner_id");
        Assert.False((await Scenario.Owner.GetAsync($"/users/{user}/ai-seat"))["counted"]!.GetValue<bool>());
        Assert.Equal(200, (await Scenario.Owner.PostAsync($"/organizations/{organization}/members/{user}")).Code);
        SeatProbe.AssertCounts(await build.SendAsync(), 1, 0);
    }

    [Fact]
    public async Task A_member_who_is_removed_at_that_moment_is_one_or_is_none()
    {
        var organization = (await Scenario.Owner.PostAsync("/organizations", new { name = "builds-race" }))["id"]!.GetValue<Guid>();
        for (var turn = 0; turn < 8; turn++)
        {
            var user = await Scenario.CreateUserAsync($"removed-{turn}");
            await Scenario.Owner.PostAsync($"/organizations/{organization}/members/{user}");

            // The removal is under way, and not seen by anybody yet.
            await using var connection = new Npgsql.NpgsqlConnection(Scenario.Server.ConnectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var removal = new Npgsql.NpgsqlCommand($"delete from members.organization_members where organization_id = '{organization}' and user_id = '{user}'", connection, transaction);
            Assert.Equal(1, await removal.ExecuteNonQueryAsync());
            var report = new Build(Scenario, user) { Organization = organization }.SendAsync();
            await WaitUntilBlockedAsync();
            await transaction.CommitAsync();
            SeatProbe.AssertCounts(await report, 0, 0, "owner_id");
        }
    }

    [Fact]
    public async Task The_build_with_the_highest_number_says_whose_the_workspace_is_in_any_order()
    {
        foreach (var order in new[] { new[] { 1, 2, 3 }, [3, 1, 2], [2, 3, 1], [3, 2, 1] })
        {
            var tag = string.Concat(order);
            var first = await Scenario.CreateUserAsync($"hands-a{tag}");
            var second = await Scenario.CreateUserAsync($"hands-b{tag}");
            var build = new Build(Scenario, first) { Name = "old" };
            Build[] builds = [build, build.Next(2), build.Next(3, second) with { Name = "new" }];
            foreach (var number in order)
                SeatProbe.AssertCounts(await builds[number - 1].SendAsync(), 1, 0);

            Assert.Equal($"{second} new 3", await WorkspaceAsync(build.Workspace));
            Assert.Equal((2, 1), (await TaskEventsAsync(first), await TaskEventsAsync(second)));
            Assert.Equal(417, (await Scenario.Owner.DeleteAsync($"/users/{second}")).Code);
            Assert.Equal(200, (await Scenario.Owner.DeleteAsync($"/users/{first}")).Code);
        }
    }

    [Fact]
    public async Task Two_owners_at_the_same_moment_end_with_the_highest_number()
    {
        var (first, second) = (await Scenario.CreateUserAsync("at-once-a"), await Scenario.CreateUserAsync("at-once-b"));
        for (var turn = 0; turn < 10; turn++)
        {
            var build = new Build(Scenario, first, 5);
            var answers = await Task.WhenAll(build.SendAsync(), build.Next(6, second).SendAsync(), build.Next(4, second).SendAsync());
            Assert.All(answers, answer => SeatProbe.AssertCounts(answer, 1, 0));
            Assert.Equal($"{second} dev 6", await WorkspaceAsync(build.Workspace));
        }
    }

    [Theory]
    [InlineData(true, "1 start", "2 delete")]
    [InlineData(true, "2 delete", "1 start")]
    [InlineData(true, "1 start", "1 delete")]
    [InlineData(true, "1 delete", "1 start")]
    [InlineData(false, "3 start", "2 delete")]
    [InlineData(false, "2 delete", "3 start")]
    [InlineData(true, "2 delete", "3 start", "4 delete")]
    public async Task A_workspace_is_deleted_when_its_newest_build_deletes_it(bool deleted, params string[] builds)
    {
        var user = await Scenario.CreateUserAsync($"deletes-{Guid.CreateVersion7():n}"[..32]);
        var build = new Build(Scenario, user);
        foreach (var text in builds)
            SeatProbe.AssertCounts(await build.Next(text[0] - '0', transition: text[2..]).SendAsync(), 1, 0);
        Assert.Equal(deleted, await Scenario.Server.SqlAsync($"select deleted from entitlements.workspaces where id = '{build.Workspace}'"));
    }

    [Fact]
    public async Task Nobody_takes_a_workspace_from_somebody_whom_they_may_not_report_for()
    {
        var owner = await Scenario.CreateUserAsync("robbed");
        var (thief, client) = await Scenario.AddAsync("thief");
        var build = new Build(Scenario, owner);
        await build.SendAsync();
        SeatProbe.AssertCounts(await build.Next(9, thief).SendAsync(client), 1, 0);
        SeatProbe.AssertCounts(await build.Next(10, thief, "delete").SendAsync(client), 1, 0);
        Assert.Equal($"{owner} dev 1", await WorkspaceAsync(build.Workspace));
        SeatProbe.AssertCounts(await build.Next(2, thief).SendAsync(), 1, 0);
        Assert.Equal($"{thief} dev 2", await WorkspaceAsync(build.Workspace));
        SeatProbe.AssertCounts(await build.Next(3, thief, "delete").SendAsync(client), 1, 0);
        Assert.Equal(true, await Scenario.Server.SqlAsync($"select deleted from entitlements.workspaces where id = '{build.Workspace}'"));
    }

    [Fact]
    public async Task A_workspace_that_is_reported_at_that_moment_keeps_its_owner()
    {
        var user = await Scenario.CreateUserAsync("deleted-while-building");

        // The report is under way: it holds its owner, and its workspace is not seen by anybody yet.
        await using var connection = new Npgsql.NpgsqlConnection(Scenario.Server.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var report = new Npgsql.NpgsqlCommand(
            $"""
            select 1 from entitlements.user_standing where user_id = '{user}' for share;
            insert into entitlements.workspaces (id, owner_id, organization_id, name, latest_build_number, deleted)
            select gen_random_uuid(), '{user}', id, 'dev', 1, false from members.organizations where is_default
            """,
            connection,
            transaction);
        Assert.Equal(1, await report.ExecuteNonQueryAsync());
        var deletion = Scenario.Owner.DeleteAsync($"/users/{user}");
        await WaitUntilBlockedAsync();
        await transaction.CommitAsync();
        Assert.Equal(417, (await deletion).Code);
        Assert.Equal(200, (await Scenario.Owner.DeleteAsync($"/users/{user}?force=true")).Code);
    }

    private async Task<string> WorkspaceAsync(Guid id) =>
        (string)(await Scenario.Server.SqlAsync($"select concat_ws(' ', owner_id, name, latest_build_number) from entitlements.workspaces where id = '{id}'"))!;

    private async Task<int> TaskEventsAsync(Guid user) =>
        (await Scenario.Owner.GetAsync($"/users/{user}/ai-seat"))["reasons"]!.AsArray().Where(reason => reason!["type"]!.GetValue<string>() == "task").Sum(reason => reason!["events"]!.GetValue<int>());

    private async Task WaitUntilBlockedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Scenario.Server.SqlAsync("select count(*) from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0") is 0L)
            await Task.Delay(10, limit.Token);
    }
}
