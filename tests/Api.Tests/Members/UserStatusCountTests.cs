using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>How many people were in each status, day by day.</summary>
public sealed class UserStatusCountTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Path = "/insights/user-status-counts";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Every_change_of_a_status_counts_from_its_day_on()
    {
        Assert.Equal((1, 0, 0), At(await ReadAsync(), 0));
        var (suspendedId, _) = await _s.AddAsync("leaver");
        await _s.Owner.PutAsync($"/users/{suspendedId}/status/suspend");
        await CreateAsync(new { username = "sleeper", email = "sleeper@example.com" });
        await CreateAsync(new { username = "waking", email = "waking@example.com" });
        await CreateAsync(new { username = "robot", service_account = true, user_status = "active" });
        Assert.Equal((1, 2, 1), At(await ReadAsync(), 0));
        await _s.SignInAsync("waking@example.com");
        await _s.Owner.PutAsync("/users/me/status/activate"); // changes nothing
        Assert.Equal((2, 1, 1), At(await ReadAsync(), 0));

        // All of that was ten days ago; what follows is today.
        await _s.Server.SqlAsync("update members.user_status_changes set hour = hour - interval '10 days'");
        await _s.Owner.DeleteAsync("/users/sleeper");
        await _s.Owner.PutAsync($"/users/{suspendedId}/status/activate");
        var series = await ReadAsync();
        Assert.Equal((3, 0, 0), At(series, 0));
        Assert.Equal((2, 1, 1), At(series, 1));
        Assert.Equal((2, 1, 1), At(series, 10));
        Assert.Equal((0, 0, 0), At(series, 11));

        // Older than the window: it still counts.
        await _s.Server.SqlAsync("update members.user_status_changes set hour = hour - interval '100 days'");
        Assert.Equal((3, 0, 0), At(await ReadAsync(), 60));
        Assert.Equal(3L, await _s.Server.SqlAsync("select count(*) from members.users where status = 'active' and not deleted and not is_service_account"));
    }

    [Fact]
    public async Task Days_are_those_of_the_client()
    {
        var utc = Dates(await _s.Owner.GetAsync(Path));
        Assert.Equal(61, utc.Count);
        Assert.All(utc, date => Assert.Equal(0, date.Hour));
        var shifted = Dates(await _s.Owner.GetAsync($"{Path}?tz_offset=5"));
        Assert.Equal((61, 19), (shifted.Count, shifted[0].Hour));
        Assert.Equal(TimeSpan.FromDays(60), shifted[^1] - shifted[0]);
    }

    [Fact]
    public async Task A_time_zone_keeps_its_midnight_when_the_clocks_change()
    {
        var dates = Dates(await _s.Owner.GetAsync($"{Path}?timezone=America/St_Johns"));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns");
        Assert.Equal(61, dates.Count);
        Assert.All(dates, date => Assert.Equal(TimeSpan.Zero, TimeZoneInfo.ConvertTime(date, zone).TimeOfDay));
        Assert.Equal(Dates(await _s.Owner.GetAsync(Path)), Dates(await _s.Owner.GetAsync($"{Path}?timezone=UTC")));
        foreach (var bad in new[] { "timezone=Nowhere/Else", "timezone=UTC&tz_offset=2", "timezone=Pacific%20Standard%20Time", "timezone=../zoneinfo/Europe/Berlin", "timezone=/usr/share/zoneinfo/Europe/Berlin", "timezone=UTC%0A" })
        {
            var answer = await _s.Owner.GetAsync($"{Path}?{bad}");
            Assert.Equal((400, "timezone"), (answer.Code, answer["validations"]![0]!["field"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task It_needs_to_read_every_user_and_a_sensible_offset()
    {
        var (_, member) = await _s.AddAsync("counter");
        Assert.Equal(403, (await member.GetAsync(Path)).Code);
        foreach (var offset in new[] { "15", "-13", "x", "1.5", "99999999999" })
        {
            var answer = await _s.Owner.GetAsync($"{Path}?tz_offset={offset}");
            Assert.Equal((400, "tz_offset"), (answer.Code, answer["validations"]![0]!["field"]!.GetValue<string>()));
        }

        // Takes the person out of the counts that another test of this class looks at.
        await _s.Owner.DeleteAsync("/users/counter");
    }

    private static (int Active, int Dormant, int Suspended) At(JsonNode series, int daysAgo)
    {
        int Count(string status) => series[status]!.AsArray()[^(daysAgo + 1)]!["count"]!.GetValue<int>();
        return (Count("active"), Count("dormant"), Count("suspended"));
    }

    private static List<DateTimeOffset> Dates(ApiAnswer answer) =>
        [.. answer["status_counts"]!["active"]!.AsArray().Select(day => day!["date"]!.GetValue<DateTimeOffset>())];

    private async Task<JsonNode> ReadAsync() => (await _s.Owner.GetAsync(Path))["status_counts"]!;

    private async Task CreateAsync(object who)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(who)!.AsObject();
        body["organization_ids"] = new JsonArray(JsonValue.Create(_s.OrganizationId));
        if (body["service_account"] is null)
            body["password"] = Scenario.Password;
        Assert.Equal(201, (await _s.Owner.PostAsync("/users", body.ToJsonString())).Code);
    }
}
