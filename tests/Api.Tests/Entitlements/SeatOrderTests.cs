using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2: the orders of <c>GET /ai-seats</c>, and walking by cursor.</summary>
public sealed class SeatOrderTests(SeatOrderTests.Users users) : IClassFixture<SeatOrderTests.Users>
{
    private Scenario Scenario => users.Scenario;

    [Theory]
    [InlineData("", "ann,Bob,carl,dora,Eve")]
    [InlineData("sort=username&dir=asc", "ann,Bob,carl,dora,Eve")]
    [InlineData("dir=desc", "Eve,dora,carl,Bob,ann")]
    [InlineData("sort=last_used", "dora,ann,Eve,Bob,carl")]
    [InlineData("sort=last_used&dir=desc", "carl,Bob,Eve,ann,dora")]
    [InlineData("sort=first_used", "Eve,dora,carl,Bob,ann")]
    [InlineData("sort=first_used&dir=desc", "ann,Bob,carl,dora,Eve")]
    [InlineData("offset=1&limit=2", "Bob,carl")]
    [InlineData("sort=last_used&dir=desc&offset=3&limit=2", "ann,dora")]
    [InlineData("q=has-ai-seat:true&limit=2", "ann,Bob")]
    [InlineData("q=has-ai-seat:false", "carl")]
    public async Task The_list_has_the_order_asked_for_and_so_has_its_file(string query, string expected)
    {
        var page = await Scenario.Owner.GetAsync($"/ai-seats?{query}");
        Assert.Equal(expected, string.Join(',', Names(page)));

        var whole = await Scenario.Owner.SendAsync(HttpMethod.Get, $"/ai-seats?{query}", null, ("Accept", "text/csv"));
        var list = await Scenario.Owner.GetAsync($"/ai-seats?{string.Join('&', query.Split('&').Where(part => !part.StartsWith("offset", StringComparison.Ordinal) && !part.StartsWith("limit", StringComparison.Ordinal)))}");
        Assert.Equal(Names(list), whole.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1]));
    }

    [Theory]
    [InlineData("sort=name", "sort")]
    [InlineData("sort=last_used_at", "sort")]
    [InlineData("dir=up", "dir")]
    [InlineData("sort=last_used&after_id=0195a000-0000-7000-8000-000000000000", "after_id")]
    [InlineData("sort=first_used&dir=desc&after_id=0195a000-0000-7000-8000-000000000000", "after_id")]
    [InlineData("after_id=x", "after_id")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        var answer = await Scenario.Owner.GetAsync($"/ai-seats?{query}");
        Assert.Equal((400, field), (answer.Code, Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("asc", "ann,Bob,carl,dora,Eve")]
    [InlineData("desc", "Eve,dora,carl,Bob,ann")]
    public async Task A_walk_by_cursor_meets_everybody_once_while_people_work(string dir, string expected)
    {
        var met = new List<string>();
        string? cursor = null;
        for (var page = 0; page < 10; page++)
        {
            var answer = await Scenario.Owner.GetAsync($"/ai-seats?dir={dir}&limit=2&after_id={cursor}");
            Assert.Equal(answer["seats"]!.AsArray().Count == 0 ? 0 : 5 - met.Count, answer["count"]!.GetValue<int>());
            if (answer["seats"]!.AsArray().Count == 0)
                break;
            met.AddRange(Names(answer));
            cursor = answer["seats"]!.AsArray()[^1]!["user"]!["id"]!.GetValue<string>();
            foreach (var user in users.Order)
                await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user, startedAt: users.Start));
        }

        Assert.Equal(expected, string.Join(',', met));
    }

    [Fact]
    public async Task After_somebody_without_evidence_or_somebody_deleted_the_list_goes_on_behind_their_place()
    {
        await using var scenario = await Scenario.StartAsync();
        var ids = new Dictionary<string, Guid>();
        foreach (var name in new[] { "a1", "b2", "c3", "d4", "e5" })
            ids[name] = await scenario.CreateUserAsync(name);
        foreach (var name in new[] { "a1", "b2", "d4", "e5" })
            await SeatProbe.InterceptAsync(scenario.Owner, SeatProbe.Interception(ids[name]));
        Assert.Equal(["d4", "e5"], Names(await scenario.Owner.GetAsync($"/ai-seats?after_id={ids["c3"]}")));

        await scenario.Owner.DeleteAsync($"/users/{ids["b2"]}");
        Assert.Equal(["d4", "e5"], Names(await scenario.Owner.GetAsync($"/ai-seats?after_id={ids["b2"]}")));
        Assert.Equal(["a1"], Names(await scenario.Owner.GetAsync($"/ai-seats?dir=desc&after_id={ids["b2"]}")));
        await scenario.Owner.DeleteAsync($"/users/{ids["c3"]}");
        Assert.Equal(["d4", "e5"], Names(await scenario.Owner.GetAsync($"/ai-seats?after_id={ids["c3"]}")));
        var unknown = await scenario.Owner.GetAsync($"/ai-seats?after_id={Guid.CreateVersion7()}");
        Assert.Equal((200, 0, 0), (unknown.Code, unknown["seats"]!.AsArray().Count, unknown["count"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_new_name_moves_its_row_whether_it_came_before_or_after_the_first_use()
    {
        await using var scenario = await Scenario.StartAsync();
        var (early, late) = (await scenario.CreateUserAsync("b-early"), await scenario.CreateUserAsync("c-late"));
        await SeatProbe.InterceptAsync(scenario.Owner, SeatProbe.Interception(early));
        Assert.Equal(200, (await scenario.Owner.PutAsync($"/users/{early}/profile", new { username = "Z-early", name = "" })).Code);
        Assert.Equal(200, (await scenario.Owner.PutAsync($"/users/{late}/profile", new { username = "Y-late", name = "" })).Code);
        await SeatProbe.InterceptAsync(scenario.Owner, SeatProbe.Interception(late), SeatProbe.Interception(scenario.OwnerId));
        Assert.Equal(["owner", "Y-late", "Z-early"], Names(await scenario.Owner.GetAsync("/ai-seats")));
        Assert.Equal(0L, await scenario.Server.SqlAsync(
            "select count(*) from members.users person left join entitlements.user_standing standing on standing.user_id = person.id left join entitlements.ai_seat_state seat on seat.user_id = person.id where standing.sort_name is distinct from person.username_folded or seat.sort_name <> person.username_folded"));
    }

    [Fact]
    public async Task A_deep_page_and_a_count_after_a_cursor_walk_the_index_of_the_names()
    {
        await using var connection = new Npgsql.NpgsqlConnection(Scenario.Server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "set enable_seqscan = off; set enable_sort = off; explain select user_id from entitlements.ai_seat_state seat where not seat.is_deleted and seat.counted order by seat.sort_name, seat.user_id limit 25 offset 1000", connection);
        await using var plan = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await plan.ReadAsync())
            lines.Add(plan.GetString(0));
        Assert.Contains(lines, line => line.Contains("Index Only Scan using ai_seat_state_page", StringComparison.Ordinal));
    }

    private static List<string> Names(ApiAnswer page)
    {
        Assert.Equal(200, page.Code);
        return [.. page["seats"]!.AsArray().Select(seat => seat!["user"]!["username"]!.GetValue<string>())];
    }

    /// <summary>Five people whose names, first and last uses are in three different orders; one of them is suspended.</summary>
    public sealed class Users : IAsyncLifetime
    {
        public Scenario Scenario { get; private set; } = null!;

        public List<Guid> Order { get; } = [];

        public DateTimeOffset Start { get; } = Licenses.Now.AddHours(-1);

        public async Task InitializeAsync()
        {
            Scenario = await Scenario.StartAsync();
            await Licenses.GrantAsync(Scenario.Owner, 50);
            foreach (var (name, first, last) in new[] { ("ann", 9, 40), ("Bob", 8, 60), ("carl", 7, 70), ("dora", 6, 30), ("Eve", 5, 50) })
            {
                var id = await Scenario.CreateUserAsync(name);
                Order.Add(id);
                foreach (var minutes in new[] { first, last })
                    await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(id, startedAt: Start.AddHours(-5).AddMinutes(minutes)));
            }

            await Scenario.Owner.PutAsync($"/users/{Order[2]}/status/suspend");
        }

        public async Task DisposeAsync() => await Scenario.DisposeAsync();
    }
}
