using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2: <c>limit_reached_on</c> follows the net change of holders over the last 14 days.</summary>
public sealed class SeatProjectionTests
{
    private static DateOnly Today => DateOnly.FromDateTime(Licenses.Now.UtcDateTime);

    [Fact]
    public async Task It_is_the_day_at_the_growth_of_the_last_14_days()
    {
        await using var scenario = await Scenario.StartAsync();
        await Licenses.GrantAsync(scenario.Owner, 10);
        var people = new List<Guid>();
        for (var n = 0; n < 4; n++)
            people.Add(await scenario.CreateUserAsync($"grow-{n}"));

        // New here: nobody held a seat 14 days ago, four do now, six are left.
        await SeatProbe.InterceptAsync(scenario.Owner, [.. people.Select(id => SeatProbe.Interception(id))]);
        Assert.Equal(Today.AddDays(21), await ProjectAsync(scenario));

        // A record that is old enough says how many they were: two then, four now.
        await RecordAsync(scenario, Today.AddDays(-20), 2);
        await RecordAsync(scenario, Today.AddDays(-5), 9);
        Assert.Equal(Today.AddDays(42), await ProjectAsync(scenario));

        // First uses count for nothing when as many went as came.
        await RecordAsync(scenario, Today.AddDays(-14), 4);
        Assert.Null(await ProjectAsync(scenario));
        await RecordAsync(scenario, Today.AddDays(-14), 7);
        Assert.Null(await ProjectAsync(scenario));

        // More than twelve months ahead.
        await RecordAsync(scenario, Today.AddDays(-14), 3);
        Assert.Equal(Today.AddDays(84), await ProjectAsync(scenario));
        await Licenses.ClearAsync(scenario.Owner);
        await Licenses.GrantAsync(scenario.Owner, 31);
        Assert.Null(await ProjectAsync(scenario));
    }

    [Fact]
    public async Task Without_an_old_record_those_who_used_AI_before_are_no_growth()
    {
        await using var scenario = await Scenario.StartAsync();
        await Licenses.GrantAsync(scenario.Owner, 10);
        var old = await scenario.CreateUserAsync("long-since");
        await SeatProbe.InterceptAsync(scenario.Owner, SeatProbe.Interception(old, startedAt: Licenses.Now.AddDays(-30)));
        Assert.Null(await ProjectAsync(scenario));
    }

    private static async Task<DateOnly?> ProjectAsync(Scenario scenario) =>
        (await scenario.Owner.GetAsync("/ai-seats/summary"))["limit_reached_on"]?.GetValue<string>() is { } text
            ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static Task<object?> RecordAsync(Scenario scenario, DateOnly day, long holders) => scenario.Server.SqlAsync(
        $"insert into entitlements.ai_seat_days (day, holders, seat_limit, recorded_at) values ('{day:yyyy-MM-dd}', {holders}, 10, now()) on conflict (day) do update set holders = excluded.holders");
}
