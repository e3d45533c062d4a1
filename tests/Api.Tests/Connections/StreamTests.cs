using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Tests.Entitlements;
using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Connections;

/// <summary>Contract 7.2, NDJSON streams, and the same for lists that are read slowly: who may begin one, who may go on, and how many there are.</summary>
public sealed class StreamTests(StreamTests.Clocked server) : IClassFixture<StreamTests.Clocked>
{
    private const string Usage = "POST /api/v2/ai-usage/interceptions";
    private const string Lines = "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n";

    private Scenario Scenario => server.Scenario;

    [Fact]
    public async Task Nobody_reads_a_byte_of_a_stream_from_whoever_may_not_send_one()
    {
        await using var anonymous = await RawClient.SendAsync(Scenario.Server.Address, Usage, null, Lines);
        await anonymous.WaitForAsync("401 Unauthorized");

        await using var unknown = await RawClient.SendAsync(Scenario.Server.Address, Usage, "AAAAAAAAAA-BBBBBBBBBBBBBBBBBBBBBB", Lines);
        await unknown.WaitForAsync("401 Unauthorized");

        var narrow = (await Scenario.Owner.PostAsync("/users/me/keys/tokens", new { token_name = "narrow", scopes = new[] { "user:read" } }))["key"]!.GetValue<string>();
        await using var refused = await RawClient.SendAsync(Scenario.Server.Address, Usage, narrow, Lines);
        await refused.WaitForAsync("403 Forbidden");
    }

    [Fact]
    public async Task A_stream_of_nothing_ends()
    {
        await using var blank = await RawClient.SendAsync(Scenario.Server.Address, Usage, Scenario.Owner.Token, Lines);
        for (var sent = 0; sent <= 1 << 20; sent += 1 << 16)
            await blank.ChunkAsync(new string('\n', 1 << 16));
        await blank.WaitForAsync("400 Bad Request");
        await blank.WaitForAsync("holds no event");

        await using var endless = await RawClient.SendAsync(Scenario.Server.Address, Usage, Scenario.Owner.Token, Lines);
        await endless.ChunkAsync(new string('x', 1 << 17));
        for (var sent = 0; sent <= 3 << 20; sent += 1 << 16)
            await endless.ChunkAsync(new string('x', 1 << 16));
        await endless.WaitForAsync("400 Bad Request");
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("suspended")]
    public async Task Each_batch_is_decided_by_what_holds_then(string change)
    {
        var (id, sender) = await Scenario.AddAsync($"sender-{change}");
        await using var stream = await RawClient.SendAsync(Scenario.Server.Address, Usage, sender.Token, Lines + "Accept: application/x-ndjson\r\n");
        await stream.ChunkAsync(Batch(id));
        await stream.WaitForAsync("\"accepted\":1000");

        Assert.True((change == "revoked"
            ? await Scenario.Owner.DeleteAsync($"/users/{id}/keys/{sender.Token![..10]}")
            : await Scenario.Owner.PutAsync($"/users/{id}/status/suspend")).Code is 200 or 204);
        await stream.ChunkAsync(Batch(id));
        await stream.WaitForAsync("\"error\":");
        Assert.Equal(1000L, await Scenario.Server.SqlAsync($"select count(*) from entitlements.interceptions where initiator_id = '{id}'"));
    }

    [Theory]
    [InlineData("revoked", false)]
    [InlineData("demoted", false)]
    [InlineData("nothing", true)]
    public async Task A_list_breaks_off_when_its_reader_may_no_longer_read_it(string change, bool whole)
    {
        var (id, reader) = await Scenario.AddAsync($"reader-{change}", "auditor");
        await using var list = await RawClient.SendAsync(Scenario.Server.Address, "GET /api/v2/users?limit=0", reader.Token, "Connection: close\r\n");
        await list.WaitForAsync("200 OK");

        if (change == "revoked")
            Assert.Equal(204, (await Scenario.Owner.DeleteAsync($"/users/{id}/keys/{reader.Token![..10]}")).Code);
        if (change == "demoted")
            Assert.Equal(200, (await Scenario.Owner.PutAsync($"/users/{id}/roles", new { roles = Array.Empty<string>() })).Code);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await list.ReadToEndAsync();
        Assert.Equal(whole, list.Received.EndsWith("}\n\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_caller_has_a_number_of_streams_and_gets_it_back()
    {
        var (_, reader) = await Scenario.AddAsync("many-streams", "auditor");
        var (_, other) = await Scenario.AddAsync("other-streams", "auditor");
        List<RawClient> lists = [];
        for (var i = 0; i < Clocked.Streams; i++)
        {
            lists.Add(await RawClient.SendAsync(Scenario.Server.Address, "GET /api/v2/users?limit=0", reader.Token));
            await lists[^1].WaitForAsync("200 OK");
        }

        var refused = await reader.GetAsync("/users?limit=0");
        Assert.Equal(429, refused.Code);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(200, (await reader.GetAsync("/users?limit=25")).Code);
        Assert.Equal(200, (await other.GetAsync("/users?limit=0")).Code);

        foreach (var list in lists)
            await list.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await reader.GetAsync("/users?limit=0")).Code != 200)
            limit.Token.ThrowIfCancellationRequested();
    }

    private static string Batch(Guid user) => string.Concat(Enumerable.Range(0, 1000).Select(_ => UsageFeed.Line(user) + "\n"));

    public sealed class Clocked : IAsyncLifetime
    {
        public const int Streams = 3;

        public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

        public Scenario Scenario { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Scenario = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(Clock), ("Limits:StreamsPerCaller", $"{Streams}"));
            await People.AddAsync(Scenario, 30_000);
        }

        public Task DisposeAsync() => Scenario.DisposeAsync().AsTask();
    }
}
