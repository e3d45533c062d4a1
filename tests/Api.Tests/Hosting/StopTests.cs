using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A host that was asked to stop.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task It_says_so_first_and_serves_on_until_the_door_is_shut()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var server = await MonolithServer.StartWithAsync(services => services.AddSingleton<TimeProvider>(clock), null, ("Hosting:DrainTime", "1m"));
        var stop = server.DisposeAsync().AsTask();

        await Eventually.HoldsAsync(async () => await ReadinessTests.ReadyAsync(server.Address) is (HttpStatusCode.ServiceUnavailable, "Failing check: stopping"), "it says that it stops");
        using (var fresh = new ApiClient(server.Address))
            Assert.Equal(200, (await fresh.GetAsync("/buildinfo")).Code);
        Assert.False(stop.IsCompleted);

        clock.Advance(TimeSpan.FromMinutes(1));
        await stop;
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadinessTests.ReadyAsync(server.Address));
    }

    [Theory]
    [InlineData("/users?limit=0", "application/json", "1.1")]
    [InlineData("/users?limit=0", "text/csv", "1.1")]
    [InlineData("/organizations/default/members", "application/json", "1.0")]
    public async Task A_list_that_is_cut_off_does_not_look_whole(string path, string type, string version)
    {
        var scenario = await Scenario.StartAsync(("Hosting:ShutdownTimeout", "200ms"));
        await People.AddAsync(scenario, 60_000);

        using var client = new TcpClient();
        await client.ConnectAsync(scenario.Server.Address.Host, scenario.Server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v2{path} HTTP/{version}\r\nHost: x\r\nAccept: {type}\r\nCoder-Session-Token: {scenario.Owner.Token}\r\n\r\n"));
        var buffer = new byte[1 << 16];
        var first = await stream.ReadAtLeastAsync(buffer, 100);
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(buffer, 0, first), StringComparison.Ordinal);

        await scenario.DisposeAsync();
        var end = "";
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var n)
                end = (end + Encoding.Latin1.GetString(buffer, 0, n))[^Math.Min(100, end.Length + n)..];
        }
        catch (IOException)
        {
            return;
        }

        Assert.True(version == "1.1" && !end.EndsWith("0\r\n\r\n", StringComparison.Ordinal), "The list ended as if it were whole.");
    }
}
