using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 4.2: <c>GET /ai-seats/history</c>.</summary>
public sealed class SeatHistoryTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    private static DateOnly Today => DateOnly.FromDateTime(Licenses.Now.UtcDateTime);

    [Fact]
    public async Task A_day_that_nobody_recorded_is_like_the_day_before_and_today_is_live()
    {
        await RecordAsync(Today.AddDays(-6), 3, "10");
        await RecordAsync(Today.AddDays(-4), 5, "null");
        await RecordAsync(Today.AddDays(-3), 4, "20");

        var days = await HistoryAsync($"?interval=day&from={Today.AddDays(-8):yyyy-MM-dd}&to={Today:yyyy-MM-dd}");

        Assert.Equal(Enumerable.Range(-8, 9).Select(Today.AddDays), days.Select(day => day.Date));
        Assert.Equal([0, 0, 3, 3, 5, 4, 4, 4], days.Take(8).Select(day => day.Holders));
        Assert.Equal([null, null, 10, 10, null, 20, 20, 20], days.Take(8).Select(day => day.Limit));

        var before = days[^1];
        var license = await Licenses.GrantAsync(Scenario.Owner, 77);
        await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(await Scenario.CreateUserAsync("of-today")));
        var after = Assert.Single(await HistoryAsync($"?from={Today:yyyy-MM-dd}"));
        Assert.Equal((before.Holders + 1, 77), (after.Holders, after.Limit));
        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    [Fact]
    public async Task Without_dates_it_is_the_last_30_days_and_the_future_is_left_out()
    {
        Assert.Equal(Enumerable.Range(-29, 30).Select(Today.AddDays), (await HistoryAsync("")).Select(day => day.Date));
        Assert.Equal(30, (await HistoryAsync($"?to={Today.AddDays(-100):yyyy-MM-dd}")).Count);
        Assert.Equal([Today], (await HistoryAsync($"?from={Today:yyyy-MM-dd}&to={Today.AddDays(1):yyyy-MM-dd}")).Select(day => day.Date));
        Assert.Empty(await HistoryAsync($"?from={Today.AddDays(1):yyyy-MM-dd}&to={Today.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal(3660, (await HistoryAsync($"?from={Today.AddDays(-3659):yyyy-MM-dd}")).Count);
        Assert.Equal(10, (await HistoryAsync("?to=2000-01-10")).Count);
    }

    [Theory]
    [InlineData("?interval=week", "interval")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2026-02-30", "from")]
    [InlineData("?to=2026-01-01T00:00:00Z", "to")]
    [InlineData("?from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("?from=0001-01-01&to=2026-01-01", "from")]
    [InlineData("?from=0001-01-01&to=0001-01-01", "from,to")]
    [InlineData("?from=1999-12-31&to=2000-01-01", "from")]
    [InlineData("?from=2000-01-01&to=2010-01-09", "from")]
    [InlineData("?to=0001-01-01", "to")]
    [InlineData("?to=9999-12-31", "to")]
    [InlineData("?from=9999-12-31", "from")]
    [InlineData("?from=9999-12-31&to=9999-12-31", "to")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        var answer = await Scenario.Owner.GetAsync($"/ai-seats/history{query}");
        Assert.Equal((400, field), (answer.Code, string.Join(',', answer["validations"]!.AsArray().Select(one => one!["field"]!.GetValue<string>()))));
    }

    [Fact]
    public async Task It_is_for_those_who_may_read_users()
    {
        var (_, member) = await Scenario.AddAsync("curious");
        Assert.Equal(403, (await member.GetAsync("/ai-seats/history?interval=week")).Code);
        Assert.Equal(401, (await Scenario.Anonymous().GetAsync("/ai-seats/history")).Code);
    }

    [Fact]
    public async Task Two_replicas_and_a_restart_keep_one_row_a_day()
    {
        var connection = await TestDatabase.CreateAsync();
        try
        {
            await using (await MonolithServer.StartOnAsync(connection))
            await using (var second = await MonolithServer.StartOnAsync(connection))
                await RowOfTodayAsync(second);
            await using var third = await MonolithServer.StartOnAsync(connection);
            await RowOfTodayAsync(third);
            Assert.Equal(1L, await third.SqlAsync("select count(*) from entitlements.ai_seat_days"));
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }
    }

    private static async Task RowOfTodayAsync(MonolithServer server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await server.SqlAsync("select count(*) from entitlements.ai_seat_days") is 0L)
            await Task.Delay(20, limit.Token);
    }

    private async Task<List<(DateOnly Date, long Holders, long? Limit)>> HistoryAsync(string query)
    {
        var answer = await Scenario.Owner.GetAsync($"/ai-seats/history{query}");
        Assert.Equal(200, answer.Code);
        return [.. answer.Json!.AsArray().Select(day => (
            DateOnly.ParseExact(day!["date"]!.GetValue<string>(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            day["holders"]!.GetValue<long>(),
            day.AsObject().ContainsKey("limit") ? day["limit"]?.GetValue<long>() : throw new InvalidOperationException("The limit is missing.")))];
    }

    private Task<object?> RecordAsync(DateOnly day, long holders, string limit) => Scenario.Server.SqlAsync(
        $"insert into entitlements.ai_seat_days (day, holders, seat_limit, recorded_at) values ('{day:yyyy-MM-dd}', {holders}, {limit}, now()) on conflict (day) do update set holders = excluded.holders, seat_limit = excluded.seat_limit");
}
