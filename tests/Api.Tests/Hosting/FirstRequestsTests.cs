using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Hosting;
using Monolith.Kernel.Authorization;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>What a server asks itself before it is ready.</summary>
public sealed class FirstRequestsTests
{
    private static readonly int[] Refused = [401, 401, 401];
    private static readonly int[] Once = [200, 200, 200];
    private const string Page = "/api/v2/organizations/default/paginated-members?limit=25";

    [Fact]
    public async Task They_reach_the_handlers_and_leave_no_trace()
    {
        await using var s = await Scenario.StartAsync();
        NotReady(s.Server);
        var before = await s.Server.SqlAsync("select count(*) from platform.audit_logs");
        Assert.Equal([.. Refused, .. Once, .. Once, .. Once], await First(s.Server).AskAsync(Task.CompletedTask, CancellationToken.None));
        Assert.Equal(before, await s.Server.SqlAsync("select count(*) from platform.audit_logs"));
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from members.users where not is_system"));
    }

    [Fact]
    public async Task They_wait_for_what_the_modules_load_and_leave_its_failure_to_the_start()
    {
        await using var server = await MonolithServer.StartAsync();
        var loading = new TaskCompletionSource();
        var asked = First(server).AskAsync(loading.Task, CancellationToken.None);
        loading.SetException(new InvalidOperationException("not loaded"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => asked);
        await First(server).RunAsync(loading.Task, CancellationToken.None);
    }

    [Fact]
    public async Task The_token_check_is_rehearsed_with_a_key_that_is_there_and_lets_nobody_in()
    {
        await using var s = await Scenario.StartAsync();
        await using (var scope = s.Server.Services.CreateAsyncScope())
        {
            var rehearsal = scope.ServiceProvider.GetRequiredService<ISessionRehearsal>();
            var session = await rehearsal.BeginAsync("default", CancellationToken.None);
            Assert.Equal(s.OwnerId, session!.UserId);
            Assert.False(scope.ServiceProvider.GetRequiredService<ICaller>().IsAuthenticated);
            await s.Server.SqlAsync("delete from members.api_keys");
            Assert.Null(await rehearsal.BeginAsync("default", CancellationToken.None));
        }

        NotReady(s.Server);
        Assert.Equal([.. Refused, .. Once, .. Once], await First(s.Server).AskAsync(Task.CompletedTask, CancellationToken.None));
    }

    [Fact]
    public async Task A_key_of_somebody_who_is_suspended_stays_shut_after_its_rehearsal()
    {
        await using var s = await Scenario.StartAsync();
        var (id, bob) = await s.AddAsync("bob");
        await s.Server.SqlAsync($"delete from members.api_keys where user_id <> '{id}'; update members.users set status = 'suspended' where id = '{id}'");
        NotReady(s.Server);
        await First(s.Server).AskAsync(Task.CompletedTask, CancellationToken.None);
        s.Server.Services.GetRequiredService<DatabaseReadiness>().MarkMigrated();
        Assert.Equal(401, (await bob.GetAsync("/users/me")).Code);
        Assert.Equal(401, (await bob.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task They_see_what_an_owner_sees()
    {
        await using var s = await Scenario.StartAsync();
        var seen = await s.Owner.GetAsync("/organizations/default/paginated-members?limit=25");
        NotReady(s.Server);
        await First(s.Server).AskAsync(Task.CompletedTask, CancellationToken.None);
        using var answer = await SendAsync(s.Server, HttpMethod.Get, Page, First(s.Server).Secret);
        Assert.Equal(seen.Text, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Their_secret_opens_nothing_but_reading_and_only_before_the_server_is_ready()
    {
        await using var s = await Scenario.StartAsync();
        await using var other = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var secret = First(s.Server).Secret;
        Assert.NotEqual(secret, First(other).Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(s.Server, HttpMethod.Get, Page, secret));

        NotReady(s.Server);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(s.Server, HttpMethod.Get, Page, secret));
        await First(s.Server).AskAsync(Task.CompletedTask, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(s.Server, HttpMethod.Get, Page, secret));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(s.Server, HttpMethod.Get, "/api/v2/audit", secret));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(s.Server, HttpMethod.Post, "/api/v2/users", secret));
        foreach (var wrong in (string?[])[null, "", secret[..^1], secret + "0", new string('0', secret.Length), secret.ToLowerInvariant(), First(other).Secret])
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(s.Server, HttpMethod.Get, Page, wrong));

        // As the start does: who has asked asks no more.
        await First(s.Server).RunAsync(Task.CompletedTask, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(s.Server, HttpMethod.Get, Page, secret));
        s.Server.Services.GetRequiredService<DatabaseReadiness>().MarkMigrated();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(s.Server, HttpMethod.Get, Page, secret));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_itself_starts_all_the_same()
    {
        await using var server = await MonolithServer.StartAsync();
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var clock = new FakeTimeProvider();
        var run = First(server, $"http://127.0.0.1:{Port(deaf)}", clock).RunAsync(Task.CompletedTask, CancellationToken.None);
        using var held = await deaf.AcceptTcpClientAsync();
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            await Task.WhenAny(run, Task.Delay(10));
        }

        await run;
        deaf.Stop();
        await First(server, $"http://127.0.0.1:{Port(deaf)}", clock).RunAsync(Task.CompletedTask, CancellationToken.None);
        await First(server, "http://*", clock).RunAsync(Task.CompletedTask, CancellationToken.None);
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::]")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://localhost")]
    public async Task They_ask_where_the_server_listens(string listening)
    {
        await using var server = await MonolithServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = First(server, $"{listening}:{Port(listener)}", TimeProvider.System).AskAsync(Task.CompletedTask, CancellationToken.None);
        while (!asked.IsCompleted)
        {
            var accepted = listener.AcceptTcpClientAsync();
            if (await Task.WhenAny(asked, accepted) == accepted)
                await AnswerAsync(await accepted, certificate);
            else
                listener.Stop();
        }

        Assert.All(await asked, status => Assert.Equal(204, status));
    }

    private static async Task AnswerAsync(TcpClient client, X509Certificate2 certificate)
    {
        using (client)
        {
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.ReadExactlyAsync(new byte[4]);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        }
    }

    private static FirstRequests First(MonolithServer server) => server.Services.GetRequiredService<FirstRequests>();

    private static FirstRequests First(MonolithServer server, string address, TimeProvider clock)
    {
        var addresses = Substitute.For<IServerAddressesFeature>();
        addresses.Addresses.Returns([address]);
        var features = new FeatureCollection();
        features.Set(addresses);
        var elsewhere = Substitute.For<IServer>();
        elsewhere.Features.Returns(features);
        return new(
            elsewhere,
            server.Services.GetRequiredService<IServiceScopeFactory>(),
            server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>(),
            clock,
            NullLogger<FirstRequests>.Instance);
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static void NotReady(MonolithServer server) => server.Services.GetRequiredService<DatabaseReadiness>().MarkFailed("a test");

    private static async Task<HttpStatusCode> StatusAsync(MonolithServer server, HttpMethod method, string path, string? secret)
    {
        using var answer = await SendAsync(server, method, path, secret);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(MonolithServer server, HttpMethod method, string path, string? secret)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        if (secret is not null)
            request.Headers.Add(FirstRequests.Header, secret);
        return await client.SendAsync(request);
    }
}
