using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>A list without a limit leaves the server while it is read.</summary>
public sealed class StreamingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Many = 100_000;

    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Whole_lists_arrive_whole_flat_and_never_seem_whole_when_they_are_not()
    {
        await People.AddAsync(Scenario, 300);
        await People.UseAiAsync(Scenario, People.IsEveryThird);
        await Licenses.GrantAsync(Scenario.Owner, 10);
        await EverybodyArrives(301, 100);
        await ALostSeatLookUpTakesTheFlagsOnly();
        await AFailureBeforeTheFirstByteIsAnOrdinaryError();
        await People.AddAsync(Scenario, Many, "x");
        await Scenario.Server.SqlAsync("analyze");
        // Again and again, for the driver prepares what it has seen often.
        for (var i = 0; i < 3; i++)
            await ALongPageKnowsTheCount();
        await MemoryStaysFlat("/users?limit=0", "users");
        await MemoryStaysFlat("/organizations/default/members", null);
        await AFailureInBetweenBreaksTheConnection();
    }

    private async Task EverybodyArrives(int people, int seats)
    {
        foreach (var (path, list) in new[] { ("/users", "users"), ("/users?limit=0", "users"), ("/organizations/default/paginated-members?limit=", "members") })
        {
            var answer = await Scenario.Owner.GetAsync(path);
            var rows = answer[list]!.AsArray();
            Assert.Equal((people, people), (rows.Count, answer["count"]!.GetValue<int>()));
            Assert.Equal(people, rows.Select(row => row!["username"]!.GetValue<string>()).Distinct().Count());
            Assert.Equal(seats, rows.Count(row => row!["has_ai_seat"]!.GetValue<bool>()));
        }

        var skipped = await Scenario.Owner.GetAsync("/users?offset=290");
        Assert.Equal((11, people), (skipped["users"]!.AsArray().Count, skipped["count"]!.GetValue<int>()));
        var all = await Scenario.Owner.GetAsync("/ai-seats");
        Assert.Equal((seats, seats), (all["seats"]!.AsArray().Count, all["count"]!.GetValue<int>()));
        Assert.Equal(people, (await Scenario.Owner.GetAsync("/organizations/default/members")).Json!.AsArray().Count);
        Assert.Equal("""{"users":[],"count":0}""", (await Scenario.Owner.GetAsync("/users?q=nobody-at-all")).Text.Trim());
        Assert.Equal("[]", (await Scenario.Owner.GetAsync($"/organizations/default/members?q=user_id:{Guid.CreateVersion7()}")).Text.Trim());
    }

    private async Task ALostSeatLookUpTakesTheFlagsOnly()
    {
        await Scenario.Server.SqlAsync("alter view contracts.ai_seat_holders rename to hidden");
        var answer = await Scenario.Owner.GetAsync("/users?limit=0");
        Assert.Equal("ai_seat=failed", Assert.Single(answer.Headers.GetValues("X-Monolith-Enrichment")));
        Assert.Equal(301, answer["users"]!.AsArray().Count(row => !row!["has_ai_seat"]!.GetValue<bool>()));

        // The answer of a command asks for the flag inside of its transaction, which must not suffer.
        var created = await Scenario.CreateUserAsync("created-without-seats");
        Assert.Equal(200, (await Scenario.Owner.GetAsync($"/users/{created}")).Code);
        await Scenario.Owner.DeleteAsync($"/users/{created}");
        await Scenario.Server.SqlAsync("alter view contracts.hidden rename to ai_seat_holders");
    }

    private async Task AFailureBeforeTheFirstByteIsAnOrdinaryError()
    {
        await Scenario.Server.SqlAsync("alter table members.users rename avatar_url to hidden");
        var answer = await Scenario.Owner.GetAsync("/users?limit=0");
        Assert.Equal(500, answer.Code);
        Assert.NotNull(answer["message"]);
        await Scenario.Server.SqlAsync("alter table members.users rename hidden to avatar_url");
    }

    private async Task ALongPageKnowsTheCount()
    {
        foreach (var (path, list) in new[] { ("/users", "users"), ("/organizations/default/paginated-members", "members") })
        {
            var page = await Scenario.Owner.GetAsync($"{path}?limit=1200&offset=10");
            Assert.Equal((1200, Many + 301), (page[list]!.AsArray().Count, page["count"]!.GetValue<int>()));
            Assert.EndsWith("?limit=1200&offset=1210>; rel=\"next\"", Assert.Single(page.Headers.GetValues("Link")), StringComparison.Ordinal);
            var filtered = await Scenario.Owner.GetAsync($"{path}?limit=1200&q=x9999");
            Assert.False(filtered.Headers.Contains("Link"));
            Assert.Equal((11, 11), (filtered[list]!.AsArray().Count, filtered["count"]!.GetValue<int>()));
        }
    }

    /// <summary>The client stops reading after the first bytes: what the server then holds is what it would hold for any number of rows.</summary>
    private async Task MemoryStaysFlat(string path, string? list)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var body = await OpenAsync(path);
        var (first, text) = (new byte[100], new Utf8Counter());
        text.Add(first.AsSpan(0, await body.ReadAtLeastAsync(first, first.Length)));
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        // Whoever goes meanwhile, behind what was read, is left out; whoever stays comes once.
        await Scenario.Server.SqlAsync("update members.users set deleted = true where username in ('x99998', 'x99999')");
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer) is > 0 and var n)
            text.Add(buffer.AsSpan(0, n));
        await Scenario.Server.SqlAsync("update members.users set deleted = false where username in ('x99998', 'x99999')");

        Assert.True(text.Bytes > 30_000_000, $"The list has {text.Bytes} bytes only.");
        Assert.True(held < 12_000_000, $"{held} bytes are held for a list of {text.Bytes}.");
        Assert.Equal(Many + 299, text.Rows);
        Assert.EndsWith(list is null ? "}]\n" : $"}}],\"count\":{Many + 299}}}\n", text.End, StringComparison.Ordinal);
    }

    private async Task AFailureInBetweenBreaksTheConnection()
    {
        await using var body = await OpenAsync("/organizations/default/paginated-members");
        var buffer = new byte[1 << 16];
        var sent = await body.ReadAsync(buffer);
        Assert.True(sent > 0);
        await Scenario.Server.SqlAsync("alter table members.users rename avatar_url to hidden");
        var text = new StringBuilder();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await body.ReadAsync(buffer) is > 0 and var n)
                text.Append(Encoding.UTF8.GetString(buffer, 0, n));
        });
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text.ToString()));
        await Scenario.Server.SqlAsync("alter table members.users rename hidden to avatar_url");
        Assert.Equal(200, (await Scenario.Owner.GetAsync("/users?limit=1")).Code);
    }

    private async Task<Stream> OpenAsync(string path)
    {
        var http = new HttpClient { BaseAddress = Scenario.Server.Address };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", Scenario.Owner.Token);
        var response = await http.GetAsync("/api/v2" + path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStreamAsync();
    }

    /// <summary>Counts rows in passing; keeps the last bytes only.</summary>
    private sealed class Utf8Counter
    {
        private readonly StringBuilder _window = new();

        public long Bytes { get; private set; }

        public int Rows { get; private set; }

        public string End => _window.ToString();

        public void Add(ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            _window.Append(Encoding.UTF8.GetString(bytes));
            const string Mark = "\"has_ai_seat\":";
            var text = _window.ToString();
            var end = 0;
            for (var at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, end, StringComparison.Ordinal))
                (Rows, end) = (Rows + 1, at + Mark.Length);
            _window.Clear().Append(text.AsSpan(Math.Max(end, text.Length - 60)));
        }
    }
}
