using System.Collections.Concurrent;
using System.Diagnostics;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The host is killed in the middle of writes: what was acknowledged is there, and nothing is half done.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_killed_host_loses_nothing_acknowledged_and_leaves_nothing_half_done()
    {
        await using var first = await Scenario.StartAsync();
        var database = first.Server.ConnectionString;
        using var victim = await StartProcessAsync(database);
        using var client = new ApiClient(victim.Address, first.Owner.Token);

        var acknowledged = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, 8).Select(w => WriteUntilDeadAsync(client, first.OrganizationId, w, acknowledged)).ToArray();
        while (acknowledged.Count < 12)
            await Task.Delay(10);
        victim.Kill();
        await Task.WhenAll(writers);

        using var again = await StartProcessAsync(database);
        using var reader = new ApiClient(again.Address, first.Owner.Token);
        foreach (var name in acknowledged)
            Assert.Equal(200, (await reader.GetAsync($"/organizations/default/members/{name}")).Code);
        Assert.Equal(0L, await first.Server.SqlAsync(
            """
            select count(*)
            from members.users u
            where not exists (select 1 from members.organization_members m where m.user_id = u.id)
               or not exists (select 1 from platform.audit_logs a where a.resource_id = u.id and a.action = 'create')
            """));
        Assert.Equal(
            await first.Server.SqlAsync("select count(*) from members.organization_members"),
            await first.Server.SqlAsync("select members from members.organization_counts"));
    }

    private static async Task WriteUntilDeadAsync(ApiClient client, Guid organizationId, int writer, ConcurrentBag<string> acknowledged)
    {
        for (var i = 0; ; i++)
        {
            var name = $"w{writer}n{i}";
            try
            {
                var answer = await client.PostAsync("/users", new
                {
                    username = name,
                    email = $"{name}@example.com",
                    password = Scenario.Password,
                    organization_ids = new[] { organizationId },
                });
                Assert.Equal(201, answer.Code);
                acknowledged.Add(name);
            }
            catch (HttpRequestException)
            {
                return;
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    private static async Task<HostProcess> StartProcessAsync(string database)
    {
        var address = new Uri($"http://127.0.0.1:{MonolithServer.FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = false };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add($"--urls={address}");
        start.ArgumentList.Add($"--ConnectionStrings:Monolith={database}");
        start.ArgumentList.Add("--RateLimits:ApiPerMinute=0");
        start.ArgumentList.Add("--Logging:LogLevel:Default=Error");
        var host = new HostProcess(Process.Start(start)!, address);
        using var http = new HttpClient { BaseAddress = address };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await IsReadyAsync(http, limit.Token))
            await Task.Delay(50, limit.Token);
        return host;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync("/readyz", cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed class HostProcess(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }
    }
}
