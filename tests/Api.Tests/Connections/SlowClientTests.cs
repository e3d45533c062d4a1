using Monolith.Api.Tests.Members;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Connections;

/// <summary>Contract 7.3: no connection to the database is held while a body is read or a client reads slowly. The pool has three; one client more would show it.</summary>
public sealed class SlowClientTests(SlowClientTests.Small server) : IClassFixture<SlowClientTests.Small>
{
    private const int Many = 40;
    private const string MadeUpToken = "AAAAAAAAAA-BBBBBBBBBBBBBBBBBBBBBB";

    private Scenario Scenario => server.Scenario;

    [Theory]
    [InlineData("POST /api/v2/users/first", MadeUpToken)]
    [InlineData("POST /api/v2/users/first", null)]
    [InlineData("POST /api/v2/users", "owner")]
    [InlineData("POST /api/v2/ai-usage/interceptions", "owner")]
    [InlineData("POST /api/v2/licenses", "owner")]
    [InlineData("PUT /api/v2/users/me/roles", "owner")]
    [InlineData("POST /sign-in", null)]
    [InlineData("POST /users/new", "owner")]
    public async Task Bodies_that_never_end_hold_nothing(string request, string? token)
    {
        var type = request.Contains("/api/", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded";
        await HoldsNothingAsync(() => RawClient.SendAsync(
            server.Address, request, token == "owner" ? Scenario.Owner.Token : token, $"Accept: text/html\r\nContent-Type: {type}\r\nContent-Length: 1000000\r\n", "{"));
    }

    [Theory]
    [InlineData("application/json", "{\"interceptions\":[")]
    [InlineData("application/x-ndjson", "{\"id\":")]
    public Task Chunks_that_never_end_hold_nothing(string type, string start) => HoldsNothingAsync(async () =>
    {
        var client = await RawClient.SendAsync(
            server.Address, "POST /api/v2/ai-usage/interceptions", Scenario.Owner.Token, $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\n");
        await client.ChunkAsync(start);
        return client;
    });

    [Theory]
    [InlineData("GET /api/v2/users?limit=0", "")]
    [InlineData("GET /api/v2/users?sort=status", "")]
    [InlineData("GET /api/v2/organizations/default/members", "")]
    [InlineData("GET /api/v2/organizations/default/paginated-members?limit=20000", "")]
    [InlineData("GET /api/v2/users", "Accept: text/csv\r\n")]
    [InlineData("GET /users/export", "")]
    public async Task Lists_that_nobody_reads_hold_nothing(string request, string headers) => await HoldsNothingAsync(async () =>
    {
        var client = await RawClient.SendAsync(server.Address, request, Scenario.Owner.Token, headers);
        await client.WaitForAsync("200 OK");
        return client;
    });

    private async Task HoldsNothingAsync(Func<Task<RawClient>> start)
    {
        var clients = new List<RawClient>();
        try
        {
            for (var i = 0; i < Many; i++)
                clients.Add(await start());
            Assert.Equal(200, (await Scenario.Owner.GetAsync("/organizations/default/paginated-members?limit=25")).Code);
            Assert.Equal(200, (await Scenario.Owner.PutAsync("/users/owner/profile", new { username = "owner", name = "The Owner" })).Code);
            Assert.True(await NothingIsHeldAsync());
        }
        finally
        {
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    // Work beside the requests is between two statements now and then. What a client holds stays held.
    private async Task<bool> NothingIsHeldAsync()
    {
        for (var look = 0; look < 500; look++)
        {
            if (await Scenario.Server.SqlAsync("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'") is 0L)
                return true;
        }
        return false;
    }

    /// <summary>A replica with three connections beside the server of a scenario with people enough for a list that fills every buffer.</summary>
    public sealed class Small : IAsyncLifetime
    {
        private MonolithServer _small = null!;
        private Scenario _whole = null!;

        public Scenario Scenario { get; private set; } = null!;

        public Uri Address => _small.Address;

        public async Task InitializeAsync()
        {
            _whole = await Scenario.StartAsync();
            await People.AddAsync(_whole, 20_000);
            var connection = new NpgsqlConnectionStringBuilder(_whole.Server.ConnectionString) { MaxPoolSize = 3, Timeout = 10 }.ConnectionString;
            _small = await MonolithServer.StartOnAsync(connection, ("Limits:StreamsPerCaller", "0"));
            Scenario = _whole.On(_small);
        }

        public async Task DisposeAsync()
        {
            await _small.DisposeAsync();
            await _whole.DisposeAsync();
        }
    }
}
