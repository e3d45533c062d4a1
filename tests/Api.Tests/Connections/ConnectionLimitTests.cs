using System.Net;
using Microsoft.AspNetCore.Connections;
using Monolith.Api.Hosting;
using Monolith.Testing;

namespace Monolith.Api.Tests.Connections;

/// <summary>A limit on connections for each address, and none of its own for a proxy that speaks for many.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task One_connection_too_many_is_closed_and_one_that_ends_makes_room()
    {
        await using var server = await MonolithServer.StartAsync(("Limits:ConnectionsPerAddress", "4"));
        var open = new List<RawClient>();
        for (var i = 0; i < 3; i++)
        {
            open.Add(await RawClient.SendAsync(server.Address, "GET /healthz", null));
            await open[^1].WaitForAsync("200 OK");
        }

        // The fourth may be taken by whoever asked whether the server is ready.
        open.Add(await RawClient.SendAsync(server.Address, "GET /healthz", null));
        open.Add(await RawClient.SendAsync(server.Address, "GET /healthz", null, "Connection: close\r\n"));
        await open[^1].ReadToEndAsync();
        Assert.Equal("", open[^1].Received);

        foreach (var client in open)
            await client.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await AnswersAsync(server))
            limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Known_proxies_are_not_counted_and_nobody_is_remembered()
    {
        var limits = new ConnectionLimits(1, IPAddress.IsLoopback);
        var (release, entered) = (new TaskCompletionSource(), 0);
        var guard = limits.Guard(_ =>
        {
            Interlocked.Increment(ref entered);
            return release.Task;
        });
        Task[] running = [guard(From("127.0.0.1")), guard(From("127.0.0.1")), guard(From("10.0.0.1")), guard(From("10.0.0.1")), guard(From("10.0.0.2"))];
        Assert.Equal((4, 2), (entered, limits.Addresses));
        release.SetResult();
        await Task.WhenAll(running);
        Assert.Equal(0, limits.Addresses);
    }

    private static async Task<bool> AnswersAsync(MonolithServer server)
    {
        await using var client = await RawClient.SendAsync(server.Address, "GET /healthz", null, "Connection: close\r\n");
        await client.ReadToEndAsync();
        return client.Received.Contains("200 OK", StringComparison.Ordinal);
    }

    private static DefaultConnectionContext From(string address) => new("test") { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) };
}
