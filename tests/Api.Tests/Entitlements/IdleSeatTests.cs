using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2, idle: holders whose last request and last AI use are both older than N days.</summary>
public sealed class IdleSeatTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Whoever_was_here_or_used_AI_or_holds_no_seat_is_not_idle()
    {
        await Licenses.GrantAsync(Scenario.Owner, 50);
        await PersonAsync("idle", seenDaysAgo: 40, usedDaysAgo: 41);
        await PersonAsync("never-here", seenDaysAgo: null, usedDaysAgo: 40);
        await PersonAsync("here", seenDaysAgo: 1, usedDaysAgo: 40);
        await PersonAsync("uses", seenDaysAgo: 40, usedDaysAgo: 1);
        await PersonAsync("no-use", seenDaysAgo: 40, usedDaysAgo: null);
        await PersonAsync("gone", seenDaysAgo: 40, usedDaysAgo: 40, status: "suspended");
        await PersonAsync("twenty", seenDaysAgo: 20, usedDaysAgo: 20);

        string[] idle = ["idle", "never-here"];
        foreach (var path in new[] { "/ai-seats?idle_days=30", "/ai-seats?q=ai-seat-idle:30", "/users?q=ai_seat_idle:30", "/organizations/main/paginated-members?q=ai-seat-idle:30" })
            Assert.Equal(idle, await NamesAsync(path));
        Assert.Equal("idle never-here twenty", string.Join(' ', await NamesAsync("/users?q=ai-seat-idle:10")));
        Assert.Equal("idle", string.Join(' ', await NamesAsync("/users?q=ai-seat-idle:30 search:idle")));

        // The longer of two, and with every order.
        Assert.Equal(idle, await NamesAsync("/ai-seats?q=ai-seat-idle:10&idle_days=30&sort=last_used"));
        Assert.Empty(await NamesAsync("/ai-seats?q=ai-seat-idle:30&idle_days=41"));

        // Nobody holds a seat that is not licensed.
        await Licenses.ClearAsync(Scenario.Owner);
        Assert.Empty(await NamesAsync("/ai-seats?idle_days=30"));
        Assert.Empty(await NamesAsync("/users?q=ai-seat-idle:30"));
    }

    [Theory]
    [InlineData("/ai-seats?idle_days=0", "idle_days")]
    [InlineData("/ai-seats?idle_days=3651", "idle_days")]
    [InlineData("/ai-seats?idle_days=soon", "idle_days")]
    [InlineData("/ai-seats?idle_days=99999999999999999999", "idle_days")]
    [InlineData("/users?q=ai-seat-idle:0", "ai-seat-idle")]
    [InlineData("/users?q=ai-seat-idle:-1", "ai-seat-idle")]
    [InlineData("/organizations/main/paginated-members?q=ai-seat-idle:x", "ai-seat-idle")]
    public async Task Bad_days_are_named(string path, string field)
    {
        var answer = await Scenario.Owner.GetAsync(path);
        Assert.Equal(400, answer.Code);
        Assert.Equal(field, Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>());
    }

    private async Task PersonAsync(string name, int? seenDaysAgo, int? usedDaysAgo, string status = "active")
    {
        var id = await Scenario.CreateUserAsync(name);
        if (usedDaysAgo is { } used)
            await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(id, startedAt: Licenses.Now.AddDays(-used)));
        var seen = seenDaysAgo is { } days ? $"now() - interval '{days} days'" : "'-infinity'";
        await Scenario.Server.SqlAsync($"update members.users set last_seen_at = {seen}, status = '{status}' where id = '{id}'");
    }

    private async Task<string[]> NamesAsync(string path)
    {
        var answer = await Scenario.Owner.GetAsync(path);
        Assert.Equal(200, answer.Code);
        var rows = (answer["users"] ?? answer["members"] ?? answer["seats"])!.AsArray();
        Assert.Equal(rows.Count, answer["count"]!.GetValue<int>());
        return [.. rows.Select(row => (row!["user"] ?? row)["username"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }
}
