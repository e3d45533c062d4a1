using System.Diagnostics;
using System.Text;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>The real program, started from a folder that is not its own, at the most talkative level: no secret is in what it says.</summary>
public sealed class LogSecretTests
{
    private const string NewPassword = "Another-Horse-10-Charger";
    private const string WrongPassword = "Mistyped-Horse-11-Saddle";
    private const string Invented = "Invented01-aaaabbbbccccddddeeee22";

    [Theory]
    [InlineData("Trace")]
    [InlineData(null)]
    public async Task No_secret_is_in_the_log(string? level)
    {
        await using var seed = await Scenario.StartAsync();
        await using var program = await RunningProgram.StartAsync(seed.Server.ConnectionString, level);
        var secrets = await UseSecretsAsync(seed, program.Address);
        var log = await program.StopAsync();

        var leaked = secrets.Where(secret => log.Contains(secret, StringComparison.Ordinal)).Select(secret => log.Split('\n').First(line => line.Contains(secret, StringComparison.Ordinal)));
        Assert.Empty(leaked);
        if (level is null)
            Assert.DoesNotContain("Request starting", log, StringComparison.Ordinal);
        else
            Assert.Contains("Request starting", log, StringComparison.Ordinal); // the level was in force
    }

    private static async Task<List<string>> UseSecretsAsync(Scenario seed, Uri address)
    {
        var (_, member) = await seed.AddAsync("talker");
        var token = member.Token!;
        using var anonymous = new ApiClient(address);
        var login = await anonymous.PostAsync("/users/login", new { email = "talker@example.com", password = Scenario.Password });
        var second = login["session_token"]!.GetValue<string>();
        await anonymous.PostAsync("/users/login", new { email = "talker@example.com", password = WrongPassword });
        foreach (var sent in new[] { token, Invented })
        {
            await anonymous.SendAsync(HttpMethod.Get, "/users/me", null, ("Cookie", "coder_session_token=" + sent));
            await anonymous.SendAsync(HttpMethod.Get, "/users/me", null, ("Coder-Session-Token", sent));
            await anonymous.SendAsync(HttpMethod.Get, "/users/me", null, ("Authorization", "Bearer " + sent));
            foreach (var name in new[] { "coder_session_token", "access_token", "coder%5Fsession_token" })
            {
                await anonymous.GetAsync($"/users/me?{name}={sent}");
                using var http = new HttpClient();
                foreach (var path in new[] { "/users", "/no-such-page", "/users/export", "/api/v2/users/me/keys" })
                    await http.GetStringOrErrorAsync(new Uri(address, $"{path}?a=1&{name}={sent}"));
                await RawHttp.SendAsync(address, $"GET /api/v2/users?{name}={sent} HTTP/1.1\r\nHost: bad host\r\nConnection: close\r\n\r\n");
                await RawHttp.SendAsync(address, $"GET /api/v2/users?{name}={sent}\u0001 HTTP/1.1\r\nHost: a\r\nBad Header: {sent}\r\nConnection: close\r\n\r\n");
            }

            await anonymous.SendAsync(HttpMethod.Get, "/users/me", null, ("X-Request-Id", sent), ("X-Custom", sent));
        }

        using var client = new ApiClient(address, second);
        await client.PutAsync("/users/me/password", new { old_password = WrongPassword, password = NewPassword });
        await client.PutAsync("/users/me/password", new { old_password = Scenario.Password, password = NewPassword });
        using var owner = new ApiClient(address, seed.Owner.Token);
        var good = Licenses.Issue(Licenses.Seats(5));
        var bad = Licenses.ByAnotherKey(Licenses.Seats(5));
        foreach (var license in new[] { good, bad })
            await owner.PostAsync("/licenses", new { license });
        var key = (await owner.PostAsync("/users/me/keys", new { }))["key"]!.GetValue<string>();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["email"] = "talker@example.com", ["password"] = NewPassword });
        using var browser = new HttpClient();
        await browser.PostAsync(new Uri(address, "/sign-in"), form);
        return [token, second, seed.Owner.Token!, Invented, key, Scenario.Password, NewPassword, WrongPassword, good, bad, good.Split('.')[1], bad.Split('.')[2]];
    }
}

/// <summary>The program as a process of its own.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elsewhere");

    private RunningProgram(string database, string? level)
    {
        Address = new Uri($"http://127.0.0.1:{MonolithServer.FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        string[] arguments =
        [
            typeof(Program).Assembly.Location, $"--urls={Address}", $"--ConnectionStrings:Monolith={database}", "--RateLimits:ApiPerMinute=0", "--RateLimits:LoginPerMinute=0",
            .. level is null ? (string[])[] : [$"--Logging:LogLevel:Default={level}", $"--Logging:LogLevel:Microsoft.AspNetCore={level}", $"--Logging:LogLevel:Npgsql={level}", $"--Logging:Console:LogLevel:Default={level}"],
            $"--Licensing:DevelopmentKeyDirectory={Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys")}", "--environment=Development",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
    }

    public Uri Address { get; }

    public static async Task<RunningProgram> StartAsync(string database, string? level)
    {
        var program = new RunningProgram(database, level);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = program.Address };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await IsReadyAsync(http, limit.Token))
            await Task.Delay(50, limit.Token);
        return program;
    }

    /// <summary>Ends it and answers everything that it wrote.</summary>
    public async Task<string> StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        lock (_log)
            return _log.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
            _log.AppendLine(line.Data);
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
}

internal static class HttpClientSteps
{
    public static async Task<string> GetStringOrErrorAsync(this HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }
}
