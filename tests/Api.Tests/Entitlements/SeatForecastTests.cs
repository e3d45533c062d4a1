using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2, what if: it changes nothing and says what would be freed, what not, and why.</summary>
public sealed class SeatForecastTests
{
    [Fact]
    public async Task It_answers_everything_that_may_be_asked_and_changes_nothing()
    {
        await using var s = await Scenario.StartAsync();
        var ids = new Dictionary<string, Guid> { ["owner"] = s.OwnerId };
        foreach (var name in new[] { "ann", "ben", "cem", "idle", "asleep", "no-use", "worker" })
            ids[name] = await s.CreateUserAsync(name);
        (ids["second"], _) = await s.AddAsync("second", "owner");
        await Licenses.GrantAsync(s.Owner, 8);
        await SeatProbe.InterceptAsync(s.Owner, [.. new[] { "owner", "ann", "ben", "cem", "asleep", "second" }.Select(name => SeatProbe.Interception(ids[name]))]);
        await SeatProbe.InterceptAsync(s.Owner, SeatProbe.Interception(ids["idle"], startedAt: Licenses.Now.AddDays(-40)));
        await SeatProbe.BuildAsync(s, ids["worker"]);
        await s.Server.SqlAsync($"update members.users set last_seen_at = now() - interval '40 days' where id = '{ids["idle"]}'");
        await s.Server.SqlAsync($"update members.users set status = 'dormant' where id = '{ids["asleep"]}'");

        Assert.Equal("7 of 8 ok, then 7 of 8 ok", await AskAsync(s.Owner, new { }));
        Assert.Equal("7 of 8 ok, then 6 of 8 ok; freed ann (A suspended user holds no seat.)", await AskAsync(s.Owner, new { suspend = new[] { ids["ann"] } }));
        Assert.Equal("7 of 8 ok, then 6 of 8 ok; freed ann (A deleted user holds no seat.)", await AskAsync(s.Owner, new { delete = new[] { ids["ann"] } }));
        Assert.Equal("7 of 8 ok, then 7 of 5 over by 2", await AskAsync(s.Owner, new { limit = 5 }));
        Assert.Equal(
            "7 of 8 ok, then 6 of 100 ok; freed idle (No request and no AI use for 30 days: a dormant user holds no seat.)", await AskAsync(s.Owner, new { dormant_after_days = 30, limit = 100 }));

        // Nobody is freed twice.
        Assert.Equal(
            "7 of 8 ok, then 6 of 8 ok; freed idle (A suspended user holds no seat.); kept idle (Named before; a seat is freed once.), idle (Named before; a seat is freed once.)",
            await AskAsync(s.Owner, new { suspend = new[] { ids["idle"], ids["idle"] }, delete = new[] { ids["idle"] }, dormant_after_days = 30 }));
        Assert.Equal(
            "7 of 8 ok, then 7 of 8 ok; kept nobody (There is no such user.), no-use (Has never used AI, so holds no seat.), asleep (Is dormant, so holds no seat now.), " +
            "owner (You cannot suspend yourself.), second (An owner cannot be suspended. Take the owner role away first.), worker (Still owns workspaces, so cannot be deleted without force.)",
            await AskAsync(s.Owner, new { suspend = new[] { Guid.CreateVersion7(), ids["no-use"], ids["asleep"], s.OwnerId, ids["second"] }, delete = new[] { ids["worker"] } }));

        // An owner may be deleted by another one, and the last one by nobody.
        Assert.Equal("7 of 8 ok, then 6 of 8 ok; freed second (A deleted user holds no seat.)", await AskAsync(s.Owner, new { delete = new[] { ids["second"] } }));
        var (_, admin) = await s.AddAsync("admin", "user-admin");
        Assert.Equal("7 of 8 ok, then 7 of 8 ok; kept second (Only an owner may do this to an owner.)", await AskAsync(admin, new { delete = new[] { ids["second"] } }));
        await s.Server.SqlAsync($"update members.users set site_roles = '{{}}' where id = '{ids["second"]}'");
        Assert.Equal("7 of 8 ok, then 7 of 8 ok; kept owner (This is the last owner.)", await AskAsync(admin, new { delete = new[] { s.OwnerId } }));
        await SeatProbe.AssertTotalAsync(s, 7);

        // Without a license nobody holds a seat; with one everybody would who has used AI.
        await Licenses.ClearAsync(s.Owner);
        Assert.Equal("none, then none; freed ann (A suspended user holds no seat.)", await AskAsync(s.Owner, new { suspend = new[] { ids["ann"] } }));
        Assert.Equal("none, then 7 of 100 ok", await AskAsync(s.Owner, new { limit = 100 }));
    }

    [Fact]
    public async Task Lists_and_numbers_are_bounded_and_others_may_not_ask()
    {
        await using var s = await Scenario.StartAsync();
        var many = Enumerable.Range(0, 1001).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var (body, field) in new (object, string)[]
        {
            (new { suspend = many }, "suspend"), (new { delete = many }, "delete"), (new { dormant_after_days = 0 }, "dormant_after_days"), (new { dormant_after_days = 3651 }, "dormant_after_days"),
            (new { limit = -1 }, "limit"), (new { limit = 1_000_000_001L }, "limit"),
        })
        {
            var refused = await s.Owner.PostAsync("/ai-seats/what-if", body);
            Assert.Equal((400, field), (refused.Code, Assert.Single(refused["validations"]!.AsArray())!["field"]!.GetValue<string>()));
        }

        Assert.Equal(400, (await s.Owner.PostAsync("/ai-seats/what-if", new { suspend = new[] { "ann" } })).Code);
        var (_, member) = await s.AddAsync("member");
        Assert.Equal(403, (await member.PostAsync("/ai-seats/what-if", new { })).Code);
        var (_, auditor) = await s.AddAsync("auditor", "auditor");
        Assert.Equal(200, (await auditor.PostAsync("/ai-seats/what-if", new { })).Code);
    }

    private static async Task<string> AskAsync(ApiClient client, object body)
    {
        var answer = await client.PostAsync("/ai-seats/what-if", body);
        Assert.Equal(200, answer.Code);
        Assert.Equal(answer["freed"]!.AsArray().Count, answer["freed_count"]!.GetValue<int>());
        return $"{Figures("now")}, then {Figures("then")}{Outcomes("freed", "freed")}{Outcomes("kept", "not_freed")}";

        string Figures(string moment)
        {
            var figures = answer[moment]!;
            if (figures["limit"] is not { } limit)
                return figures["level"]!.GetValue<string>();
            var (actual, over) = (figures["actual"]!.GetValue<long>(), figures["over"]!.GetValue<long>());
            Assert.Equal(Math.Max(0, limit.GetValue<long>() - actual), figures["available"]!.GetValue<long>());
            return $"{actual} of {limit} {figures["level"]}{(over > 0 ? $" by {over}" : "")}";
        }

        string Outcomes(string word, string list)
        {
            var all = answer[list]!.AsArray();
            return all.Count == 0 ? "" : $"; {word} {string.Join(", ", all.Select(one => $"{(one!["user"]!["username"]!.GetValue<string>() is { Length: > 0 } name ? name : "nobody")} ({one["reason"]})"))}";
        }
    }
}
