using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Members.Contracts;
using Monolith.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract section 4: the sum of the flags equals <c>actual</c>, at every moment.</summary>
public sealed class SeatInvariantTests(ScenarioFixture fixture, ITestOutputHelper output) : IClassFixture<ScenarioFixture>
{
    private const int Writers = 4;
    private const int Rounds = 20;
    private const int StepsARound = 25;

    private Scenario Scenario => fixture.Scenario;

    // One statement sees one moment. The third column counts again from the events and the users themselves.
    private const string Moment =
        """
        select
            (select sum(ai_seats) from entitlements.usage_counts)::bigint,
            (select count(*) from contracts.ai_seat_holders)::bigint,
            (select count(*)
             from members.users person
             where person.status = 'active' and not person.deleted and not person.is_system
                and (exists (select 1 from entitlements.interceptions one where one.initiator_id = person.id)
                    or exists (
                        select 1
                        from entitlements.workspace_builds build
                        where build.owner_id = person.id and build.transition = 'start' and build.has_ai_task)))::bigint,
            (select coalesce(sum(seats), 0) from entitlements.ai_seat_first_uses)::bigint,
            (select sum(service_account_seats) from entitlements.usage_counts)::bigint,
            (select count(*) from members.users person join contracts.ai_seat_holders holder on holder.user_id = person.id where person.is_service_account)::bigint,
            (select sum(active_people) from entitlements.usage_counts)::bigint,
            (select count(*) from members.users where status = 'active' and not deleted and not is_system and not is_service_account)::bigint,
            (select sum(people_with_evidence) from entitlements.usage_counts)::bigint,
            (select count(*) from entitlements.ai_seat_state seat join members.users person on person.id = seat.user_id where not person.deleted)::bigint,
            (select count(*)
             from (
                select organization_id, holders from contracts.organization_ai_seat_counts where holders <> 0
                except
                select member.organization_id, count(*)
                from members.organization_members member
                join contracts.ai_seat_holders holder on holder.user_id = member.user_id
                group by member.organization_id) wrong)::bigint,
            (select count(*) from members.organization_members member join contracts.ai_seat_holders holder on holder.user_id = member.user_id)::bigint,
            (select coalesce(sum(holders), 0) from contracts.organization_ai_seat_counts)::bigint,
            (select count(*)
             from entitlements.ai_seat_state seat
             join members.users person on person.id = seat.user_id
             where seat.counted and (seat.is_deleted or seat.sort_name <> person.username_folded))::bigint,
            (select count(*)
             from members.organization_members member
             join contracts.ai_seat_standing standing on standing.user_id = member.user_id
             where standing.sort_name <> member.sort_name)::bigint,
            (select count(*)
             from members.users person
             where not person.deleted
                and not exists (
                    select 1
                    from contracts.ai_seat_standing standing
                    where standing.user_id = person.id and standing.sort_name = person.username_folded
                        and standing.holds_seat = exists (select 1 from contracts.ai_seat_holders holder where holder.user_id = person.id)))::bigint
        """;

    [Fact]
    public async Task Flags_actual_and_summary_agree_through_2000_operations_of_several_writers()
    {
        var seed = Environment.GetEnvironmentVariable("MONOLITH_TEST_SEED") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"Seed {seed}; set MONOLITH_TEST_SEED to repeat it.");
        var writers = Enumerable.Range(0, Writers).Select(number => new SeatWriter(Scenario, new Random(seed + number), $"w{number}")).ToList();
        await Licenses.GrantAsync(Scenario.Owner, 40);
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(writers.Select(writer => Task.Run(() => StepsAsync(writer))));
                await AssertAnswersAsync();
            }
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed}.", failure);
        }

        Assert.Equal(Writers * Rounds * StepsARound, writers.Sum(writer => writer.Done));
        Assert.True(writers.Sum(writer => writer.Events) > 200);
    }

    private async Task StepsAsync(SeatWriter writer)
    {
        await using var connection = new NpgsqlConnection(Scenario.Server.ConnectionString);
        await connection.OpenAsync();
        for (var step = 0; step < StepsARound; step++)
        {
            var operation = await writer.StepAsync();
            await using var command = new NpgsqlCommand(Moment, connection);
            await using var row = await command.ExecuteReaderAsync();
            await row.ReadAsync();
            var seen = Enumerable.Range(0, row.FieldCount).Select(row.GetInt64).ToList();
            Assert.True(
                seen[0] == seen[1] && seen[1] == seen[2] && seen[2] == seen[3] && seen[4] == seen[5] && seen[6] == seen[7] && seen[8] == seen[9] && seen[10] == 0 && seen[11] == seen[12] && seen[13] == 0 && seen[14] == 0 && seen[15] == 0,
                $"After {operation}: kept {seen[0]}, flags {seen[1]}, counted again {seen[2]}, by first use {seen[3]}; service accounts {seen[4]} and {seen[5]}; people {seen[6]} and {seen[7]}; evidence {seen[8]} and {seen[9]}; wrong organizations {seen[10]}, holders in organizations {seen[11]} and {seen[12]}; under another name or deleted {seen[13]}, members under another name {seen[14]}; told otherwise {seen[15]}.");
        }
    }

    private async Task AssertAnswersAsync()
    {
        var flags = (await Scenario.Owner.GetAsync("/users?limit=0"))["users"]!.AsArray().LongCount(user => user!["has_ai_seat"]!.GetValue<bool>());
        var summary = await Scenario.Owner.GetAsync("/ai-seats/summary");
        var feature = (await Scenario.Owner.GetAsync("/entitlements"))["features"]!["ai_governance_user_limit"]!;
        Assert.Equal(flags, summary["actual"]!.GetValue<long>());
        if (feature["enabled"]!.GetValue<bool>())
            Assert.Equal((flags, flags), (feature["actual"]!.GetValue<long>(), (await TodayAsync())["holders"]!.GetValue<long>()));
    }

    private async Task<JsonNode> TodayAsync() => (await Scenario.Owner.GetAsync("/ai-seats/history")).Json!.AsArray()[^1]!;
}

/// <summary>One of several who change things at once. It owns the people it makes.</summary>
internal sealed class SeatWriter(Scenario scenario, Random random, string name)
{
    private readonly List<Guid> _people = [];
    private readonly List<int> _licenses = [];
    private readonly List<Guid> _organizations = [];

    public int Done { get; private set; }

    public int Events { get; private set; }

    public async Task<string> StepAsync()
    {
        var roll = random.Next(100);
        var (operation, answer) = _people.Count < 3 || roll < 12 ? ("create", await CreateAsync())
            : roll < 30 ? ("suspend", await scenario.Owner.PutAsync($"/users/{Anybody()}/status/suspend"))
            : roll < 48 ? ("activate", await scenario.Owner.PutAsync($"/users/{Anybody()}/status/activate"))
            : roll < 51 ? ("delete", await DeleteAsync())
            : roll < 52 ? ("sleep", await SleepAsync())
            : roll < 53 ? ("import", await ImportAsync())
            : roll < 62 ? ("join", await scenario.Owner.PostAsync($"/organizations/{Organization()}/members/{Anybody()}"))
            : roll < 68 ? ("leave", await scenario.Owner.DeleteAsync($"/organizations/{Organization()}/members/{Anybody()}"))
            : roll < 71 ? ("organize", await OrganizeAsync())
            : roll < 86 ? ("intercept", await InterceptAsync())
            : roll < 94 ? ("build", await BuildAsync())
            : roll < 96 ? ("rename", await scenario.Owner.PutAsync($"/users/{Anybody()}/profile", new { username = $"{name}-{random.Next():x}", name = "" }))
            : ("license", await LicenseAsync());
        Done++;
        // Joined already (400), not a member (404), still somebody in it (409), still has workspaces (417): answers, not failures.
        return answer.Code is 200 or 201 or 204 or 417 || answer.Code is 400 or 404 or 409 && operation is "join" or "leave" or "organize" ? operation : throw new InvalidOperationException($"{operation}: {answer.Code} {answer.Text}");
    }

    /// <summary>Half of the writer's people were away for long, and a round of dormancy passes. Two rounds at once are one.</summary>
    private async Task<ApiAnswer> SleepAsync()
    {
        var away = _people.Where(_ => random.Next(2) == 0).Select(id => $"'{id}'").DefaultIfEmpty($"'{Guid.Empty}'");
        await scenario.Server.SqlAsync($"update members.users set last_seen_at = now() - interval '100 days' where id in ({string.Join(',', away)})");
        await using var scope = scenario.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDormancyRound>().RunAsync(CancellationToken.None);
        return new ApiAnswer(System.Net.HttpStatusCode.OK, new HttpResponseMessage().Headers, "");
    }

    private async Task<ApiAnswer> ImportAsync()
    {
        var names = Enumerable.Range(0, 5).Select(number => $"{name}-{Done}-{number}").ToList();
        var file = string.Join('\n', names.Select(one => $"{one}@example.com,{one},{(random.Next(2) == 0 ? "active" : "dormant")}").Prepend("email,username,status"));
        var answer = await Members.ImportFeed.SendAsync(scenario, scenario.Owner, file);
        if (answer.Code == 200)
            _people.AddRange(await Task.WhenAll(names.Select(async one => (await scenario.Owner.GetAsync($"/users/{one}"))["id"]!.GetValue<Guid>())));
        return answer;
    }

    /// <summary>An organization comes, or goes if it has one member at most. Another writer may be about to use it.</summary>
    private async Task<ApiAnswer> OrganizeAsync()
    {
        if (_organizations.Count > 1)
        {
            var gone = _organizations[0];
            var answer = await scenario.Owner.DeleteAsync($"/organizations/{gone}");
            if (answer.Code == 200)
                _organizations.Remove(gone);
            return answer;
        }

        var made = await scenario.Owner.PostAsync("/organizations", new { name = $"{name}-org-{Done}" });
        _organizations.Add(made["id"]!.GetValue<Guid>());
        return made;
    }

    private Guid Organization() => _organizations.Count == 0 ? scenario.OrganizationId : _organizations[random.Next(_organizations.Count)];

    private Guid Anybody() => _people[random.Next(_people.Count)];

    private async Task<ApiAnswer> CreateAsync()
    {
        var username = $"{name}-{Done}";
        var service = random.Next(4) == 0;
        var status = new[] { "active", "dormant", "suspended" }[random.Next(3)];
        var organization_ids = new[] { scenario.OrganizationId };
        var answer = await scenario.Owner.PostAsync("/users", service
            ? new { username, service_account = true, user_status = status, organization_ids }
            : new { username, email = $"{username}@example.com", login_type = "none", user_status = status, organization_ids });
        if (answer.Code == 201)
            _people.Add(answer["id"]!.GetValue<Guid>());
        return answer;
    }

    private async Task<ApiAnswer> DeleteAsync()
    {
        var gone = Anybody();
        var answer = await scenario.Owner.DeleteAsync($"/users/{gone}");
        if (answer.Code != 200)
            return answer;
        _people.Remove(gone);
        return random.Next(2) == 0 ? answer : await scenario.Owner.PostAsync($"/users/{gone}/erase");
    }

    private Task<ApiAnswer> InterceptAsync()
    {
        // Several people in one report, days apart, some of them more than once.
        var events = Enumerable.Range(0, random.Next(1, 4)).Select(_ => SeatProbe.Interception(Anybody(), startedAt: Licenses.Now.AddDays(-random.Next(5)))).ToArray();
        Events += events.Length;
        return SeatProbe.InterceptAsync(scenario.Owner, events);
    }

    private Task<ApiAnswer> BuildAsync()
    {
        Events++;
        return SeatProbe.BuildAsync(scenario, Anybody(), random.Next(3) == 0 ? "stop" : "start", random.Next(3) > 0);
    }

    private async Task<ApiAnswer> LicenseAsync()
    {
        if (_licenses.Count > 0)
        {
            var id = _licenses[^1];
            _licenses.RemoveAt(_licenses.Count - 1);
            return await scenario.Owner.DeleteAsync($"/licenses/{id}");
        }

        var answer = await Licenses.UploadAsync(scenario.Owner, Licenses.Issue(Licenses.Seats(random.Next(1, 60))));
        _licenses.Add(answer["id"]!.GetValue<int>());
        return answer;
    }
}
