using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 4.1 with <c>application/x-ndjson</c>: any number of events, stored in batches.</summary>
public sealed class UsageStreamTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task A_stream_may_be_longer_than_a_body_and_counts_everything()
    {
        var user = await Scenario.CreateUserAsync("streamer");
        var again = Guid.CreateVersion7();
        List<string> lines = [.. Enumerable.Range(0, 2400).Select(_ => UsageFeed.Line(user, padding: new string('x', 500))), UsageFeed.Line(user, again), UsageFeed.Line(user, again)];

        var answer = await UsageFeed.SendAsync(Scenario, Scenario.Owner, lines);

        Assert.True(lines.Sum(line => line.Length) > 1 << 20);
        SeatProbe.AssertCounts(answer, 2401, 1);
        Assert.Equal((true, 0), (answer["done"]!.GetValue<bool>(), answer["rejected_count"]!.GetValue<int>()));
        Assert.Equal(2401L, await CountAsync(user));
        Assert.Equal("2401", (await Scenario.Owner.GetAsync($"/users/{user}/ai-seat"))["reasons"]![0]!["events"]!.ToString());
    }

    [Fact]
    public async Task Bad_lines_are_rejected_by_their_number()
    {
        var user = await Scenario.CreateUserAsync("careless");
        string[] lines =
        [
            UsageFeed.Line(user),
            "{\"id\":",
            "",
            new string('x', 200_000),
            UsageFeed.Line(Guid.CreateVersion7()),
            $"{UsageFeed.Line(user)} {UsageFeed.Line(user)}",
            "[]",
            $"{UsageFeed.Line(user)}\r",
        ];

        var answer = await UsageFeed.SendAsync(Scenario, Scenario.Owner, lines);

        // Blank lines are not counted.
        Assert.Equal([1, 2, 3, 4, 5], answer["rejected"]!.AsArray().Select(row => row!["index"]!.GetValue<int>()));
        SeatProbe.AssertCounts(answer, 2, 0, "", "", "initiator_id", "", "");
        Assert.Equal(5, answer["rejected_count"]!.GetValue<int>());
        Assert.Equal(2L, await CountAsync(user));
    }

    [Fact]
    public async Task Progress_comes_in_lines_when_it_is_asked_for()
    {
        var user = await Scenario.CreateUserAsync("watched");
        var answer = await UsageFeed.SendAsync(Scenario, Scenario.Owner, Enumerable.Range(0, 1500).Select(_ => UsageFeed.Line(user)).Append("x"), UsageFeed.Lines);

        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([1000, 1500, 1500], lines.Select(line => line["accepted"]!.GetValue<int>()));
        Assert.Equal([false, false, true], lines.Select(line => line["done"]!.GetValue<bool>()));
        Assert.Equal(1500, lines[1]["rejected"]![0]!["index"]!.GetValue<int>());
        Assert.Equal(1, lines[2]["rejected_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_refused_batch_keeps_those_before_it()
    {
        var (own, member) = await Scenario.AddAsync("halfway");
        var other = await Scenario.CreateUserAsync("stranger");
        List<string> lines = [.. Enumerable.Range(0, 1000).Select(_ => UsageFeed.Line(own)), UsageFeed.Line(own), UsageFeed.Line(other)];

        var answer = await UsageFeed.SendAsync(Scenario, member, lines);
        Assert.Equal(403, answer.Code);
        Assert.Contains("1000 events in 1 batches", answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1000L, await CountAsync(own));
        Assert.Equal(0L, await CountAsync(other));

        var watched = await UsageFeed.SendAsync(Scenario, member, lines, UsageFeed.Lines);
        Assert.Equal(200, watched.Code);
        var last = JsonNode.Parse(watched.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        Assert.Equal((false, 1000), (last["done"]!.GetValue<bool>(), last["duplicates"]!.GetValue<int>()));
        Assert.NotEmpty(last["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_stream_is_refused_like_a_body()
    {
        var user = await Scenario.CreateUserAsync("outside");
        var (_, member) = await Scenario.AddAsync("nobody-special");
        Assert.Equal(401, (await UsageFeed.SendAsync(Scenario, null, [UsageFeed.Line(user)])).Code);
        Assert.Equal(403, (await UsageFeed.SendAsync(Scenario, member, [UsageFeed.Line(user)])).Code);
        Assert.Equal(400, (await UsageFeed.SendTextAsync(Scenario, Scenario.Owner, "")).Code);
        Assert.Equal(400, (await UsageFeed.SendTextAsync(Scenario, Scenario.Owner, "\n\n", kind: "workspace-builds")).Code);
        Assert.Equal(0L, await CountAsync(user));
    }

    [Fact]
    public async Task A_body_that_breaks_keeps_whole_batches_and_says_how_many()
    {
        var user = await Scenario.CreateUserAsync("broken-body");
        using var connection = new TcpClient(Scenario.Server.Address.Host, Scenario.Server.Address.Port);
        await using var stream = await SendPartAsync(connection, user);
        await stream.WriteAsync("this is no chunk\r\n"u8.ToArray());

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("1000 events in 1 batches", answer, StringComparison.Ordinal);
        Assert.Equal(1000L, await CountAsync(user));
    }

    [Fact]
    public async Task A_connection_that_breaks_keeps_whole_batches()
    {
        var user = await Scenario.CreateUserAsync("broken-off");
        using (var connection = new TcpClient(Scenario.Server.Address.Host, Scenario.Server.Address.Port))
        {
            await using var stream = await SendPartAsync(connection, user);
            connection.Client.LingerState = new LingerOption(true, 0);
        }

        SeatProbe.AssertCounts(await UsageFeed.SendAsync(Scenario, Scenario.Owner, [UsageFeed.Line(user)]), 1, 0);
        Assert.Equal(1001L, await CountAsync(user));
    }

    /// <summary>1300 lines in one chunk, and a wait until the first batch is stored: while the client could still send more.</summary>
    private async Task<NetworkStream> SendPartAsync(TcpClient connection, Guid user)
    {
        var lines = string.Concat(Enumerable.Range(0, 1300).Select(_ => UsageFeed.Line(user) + "\n"));
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v2/ai-usage/interceptions HTTP/1.1\r\nHost: x\r\nCoder-Session-Token: {Scenario.Owner.Token}\r\nContent-Type: {UsageFeed.Lines}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{lines.Length:x}\r\n{lines}\r\n"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await CountAsync(user) is 0L)
            await Task.Delay(20, limit.Token);
        return stream;
    }

    [Fact]
    public async Task Builds_come_in_lines_too()
    {
        var user = await Scenario.CreateUserAsync("builder");
        var workspace = Guid.CreateVersion7();
        var lines = Enumerable.Range(1, 3).Select(number =>
            $$"""{"id":"{{Guid.CreateVersion7()}}","workspace_id":"{{workspace}}","workspace_name":"w","owner_id":"{{user}}","organization_id":"{{Scenario.OrganizationId}}","build_number":{{number}},"transition":"start","has_ai_task":true,"created_at":"2026-01-01T00:00:00Z"}""");

        SeatProbe.AssertCounts(await UsageFeed.SendAsync(Scenario, Scenario.Owner, lines, kind: "workspace-builds"), 3, 0);
    }

    private Task<object?> CountAsync(Guid user) =>
        Scenario.Server.SqlAsync($"select count(*) from entitlements.interceptions where initiator_id = '{user}'");
}
