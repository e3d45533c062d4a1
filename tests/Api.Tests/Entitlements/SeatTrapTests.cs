using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>The traps of the entitlements specification, section 7, and the rows of 4.1 and 4.3 that speak of seats.</summary>
public sealed class SeatTrapTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Trap_2_the_flag_is_there_and_false_without_license_without_use_and_without_the_feature()
    {
        var user = await Scenario.CreateUserAsync("unlicensed");
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user));
        await SeatProbe.AssertSeatAsync(Scenario, user, false);
        Assert.False((await Scenario.Owner.PutAsync($"/users/{user}/status/suspend"))["has_ai_seat"]!.GetValue<bool>());
        var summary = await Scenario.Owner.GetAsync("/ai-seats/summary");
        Assert.Equal("""{"entitlement":"not_entitled","enabled":false,"limit":null,"actual":0,"available":null,"over":0,"level":"none","service_accounts":0""", summary.Text[..summary.Text.IndexOf(",\"computed_at", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Trap_3_grace_counts_like_a_term_and_the_end_of_grace_ends_it()
    {
        var user = await Scenario.CreateUserAsync("in-grace");
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user));
        var terms = Licenses.Seats(50) with { LicenseExpires = Licenses.Now.AddHours(-1), Expires = Licenses.Now.AddDays(1) };
        var license = (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(terms)))["id"];
        await SeatProbe.AssertSeatAsync(Scenario, user, true);
        Assert.Equal("grace_period", (await Scenario.Owner.GetAsync("/ai-seats/summary"))["entitlement"]!.GetValue<string>());

        // Switched off and on between two requests.
        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
        await SeatProbe.AssertSeatAsync(Scenario, user, false);
        var again = await Licenses.GrantAsync(Scenario.Owner, 1);
        await SeatProbe.AssertSeatAsync(Scenario, user, true);
        await Scenario.Owner.DeleteAsync($"/licenses/{again}");
    }

    [Fact]
    public async Task Trap_5_whoever_may_list_sees_the_flags()
    {
        var (admin, client) = await Scenario.AddAsync("seat-admin");
        await Scenario.Owner.PutAsync($"/organizations/{Scenario.OrganizationId}/members/{admin}/roles", new { roles = new[] { "organization-admin" } });
        var (holder, plain) = await Scenario.AddAsync("seat-holder");
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(holder));
        var license = await Licenses.GrantAsync(Scenario.Owner, 50);
        foreach (var caller in new[] { client, plain })
        {
            var members = (await caller.GetAsync($"/organizations/{Scenario.OrganizationId}/paginated-members?limit=0"))["members"]!.AsArray();
            Assert.True(Flag(members, holder));
            Assert.False(Flag(members, admin));
        }

        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    [Fact]
    public async Task Trap_6_an_empty_page_is_no_failure()
    {
        var license = await Licenses.GrantAsync(Scenario.Owner, 50);
        foreach (var path in new[] { $"/organizations/{Scenario.OrganizationId}/paginated-members?limit=5&offset=100000", "/users?limit=5&offset=100000" })
        {
            var page = await Scenario.Owner.GetAsync(path);
            Assert.Equal((200, 0), (page.Code, page["count"]!.GetValue<int>()));
        }

        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    [Fact]
    public async Task Trap_7_and_8_a_first_use_is_one_row_and_one_audit_entry_on_two_replicas_and_through_every_status()
    {
        var user = await Scenario.CreateUserAsync("first-user");
        await using var replica = await MonolithServer.StartOnAsync(Scenario.Server.ConnectionString);
        using var other = new ApiClient(replica.Address, Scenario.Owner.Token);
        var first = Licenses.Now.AddHours(-5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            SeatProbe.InterceptAsync(n % 2 == 0 ? Scenario.Owner : other, SeatProbe.Interception(user, startedAt: first.AddMinutes(n)))));
        Assert.All(answers, answer => SeatProbe.AssertCounts(answer, 1, 0));

        // 4.1: counted, not counted, counted; the evidence stays as it is.
        Assert.Equal((1L, "active"), await StateAsync(user));
        await Scenario.Server.SqlAsync($"update members.users set status = 'dormant' where id = '{user}'");
        Assert.Equal((0L, "dormant"), await StateAsync(user));
        await Scenario.Owner.PutAsync($"/users/{user}/status/activate");
        Assert.Equal((1L, "active"), await StateAsync(user));
        await Scenario.Owner.PutAsync($"/users/{user}/status/suspend");
        Assert.Equal((0L, "suspended"), await StateAsync(user));
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user)), 1, 0);
        Assert.Equal((0L, "suspended"), await StateAsync(user));
        await Scenario.Owner.PutAsync($"/users/{user}/status/activate");
        Assert.Equal((1L, "active"), await StateAsync(user));

        var seat = (await Scenario.Owner.GetAsync($"/users/{user}/ai-seat"))["reasons"]![0]!;
        Assert.Equal(first, seat["first_used_at"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(1L, await Scenario.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_type = 'ai_seat' and resource_id = '{user}'"));
    }

    [Fact]
    public async Task A_first_use_of_somebody_who_does_not_count_counts_from_the_moment_they_do()
    {
        var user = await Scenario.CreateUserAsync("late-counted");
        await Scenario.Owner.PutAsync($"/users/{user}/status/suspend");
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user));
        Assert.Equal((0L, "suspended"), await StateAsync(user));
        await Scenario.Owner.PutAsync($"/users/{user}/status/activate");
        Assert.Equal((1L, "active"), await StateAsync(user));
        await Scenario.Server.SqlAsync($"update members.users set is_system = true where id = '{user}'");
        Assert.Equal((0L, "active"), await StateAsync(user));
        await Scenario.Server.SqlAsync($"update members.users set is_system = false where id = '{user}'");
        Assert.Equal((1L, "active"), await StateAsync(user));
    }

    [Fact]
    public async Task A_first_use_and_a_suspension_at_the_same_moment_agree()
    {
        var before = await CountAsync();
        for (var turn = 0; turn < 12; turn++)
        {
            var user = await Scenario.CreateUserAsync($"racer-{turn}");
            var answers = await Task.WhenAll(
                SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user)),
                Scenario.Owner.PutAsync($"/users/{user}/status/suspend"));
            Assert.All(answers, answer => Assert.Equal(200, answer.Code));
            Assert.Equal((0L, "suspended"), await StateAsync(user));
        }

        Assert.Equal(before, await CountAsync());
    }

    /// <summary>Builds, interceptions and suspensions take the row of a person in one way and in one order.</summary>
    [Fact]
    public async Task First_uses_of_the_same_people_in_many_reports_at_once_wait_for_each_other()
    {
        for (var turn = 0; turn < 6; turn++)
        {
            var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Scenario.CreateUserAsync($"crowd-{turn}-{number}")));
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => (number % 4) switch
            {
                0 => SeatProbe.InterceptAsync(Scenario.Owner, [.. people.Select(person => SeatProbe.Interception(person))]),
                1 => SeatProbe.InterceptAsync(Scenario.Owner, [.. people.Reverse().Select(person => SeatProbe.Interception(person))]),
                2 => SeatProbe.BuildAsync(Scenario, people[number % people.Length]),
                _ => Scenario.Owner.PutAsync($"/users/{people[number % people.Length]}/status/{(number < 8 ? "suspend" : "activate")}"),
            }));
            // Active already, or suspended already, is an answer.
            Assert.All(answers, answer => Assert.True(answer.Code is 200 or 400, answer.Text));
            Assert.Equal(0L, await Scenario.Server.SqlAsync(
                """
                select count(*)
                from members.users person
                cross join lateral (
                    select
                        exists (select 1 from contracts.ai_seat_holders holder where holder.user_id = person.id) as holds,
                        (select standing.holds_seat from contracts.ai_seat_standing standing where standing.user_id = person.id) as told) seat
                where person.username like 'crowd-%' and (holds, holds) is distinct from (person.status = 'active', told)
                """));
        }
    }

    [Fact]
    public async Task Task_builds_are_the_actual_of_the_managed_agents()
    {
        var user = await Scenario.CreateUserAsync("agents");
        var terms = Licenses.Seats(50) with { Features = new Dictionary<string, long> { ["managed_agent_limit"] = 2 } };
        var license = (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(terms)))["id"];
        var before = await AgentsAsync();
        await SeatProbe.BuildAsync(Scenario, user);
        await SeatProbe.BuildAsync(Scenario, user, task: false);
        await SeatProbe.BuildAsync(Scenario, user, "stop");
        await SeatProbe.BuildAsync(Scenario, user);
        Assert.Equal(before + 2, await AgentsAsync());
        Assert.Contains((await Scenario.Owner.GetAsync("/entitlements"))["warnings"]!.AsArray(), text => text!.GetValue<string>().Contains("agent workspaces", StringComparison.Ordinal));
        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    private static bool Flag(JsonArray members, Guid user) =>
        members.Single(member => member!["user_id"]!.GetValue<Guid>() == user)!["has_ai_seat"]!.GetValue<bool>();

    private async Task<int> AgentsAsync() => (await Scenario.Owner.GetAsync("/entitlements"))["features"]!["managed_agent_limit"]!["actual"]!.GetValue<int>();

    private async Task<long> CountAsync() => (long)(await Scenario.Server.SqlAsync("select sum(ai_seats)::bigint from entitlements.usage_counts"))!;

    /// <summary>Whether the user holds a seat by the one predicate, and their status.</summary>
    private async Task<(long Holds, string Status)> StateAsync(Guid user) => (
        (long)(await Scenario.Server.SqlAsync($"select count(*) from contracts.ai_seat_holders where user_id = '{user}'"))!,
        (string)(await Scenario.Server.SqlAsync($"select status from members.users where id = '{user}'"))!);
}
