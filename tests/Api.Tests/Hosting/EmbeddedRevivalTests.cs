using System.Diagnostics;
using System.Globalization;
using Monolith.Api.Hosting;
using Monolith.EmbeddedPostgres;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>The embedded server dies while hosts need it, or they lose sight of it.</summary>
public sealed class EmbeddedRevivalTests
{
    [Fact]
    public async Task A_killed_server_is_brought_back_once_whatever_the_number_of_hosts()
    {
        await using var scratch = new Scratch();
        var (first, second) = (await scratch.StartAsync(), await scratch.StartAsync());
        await Scratch.RunAsync(first, "create table kept (n int); insert into kept values (42)");
        var killed = Kill(scratch);

        await Eventually.HoldsAsync(() => AnswersAsync(first), "the server is back");
        Assert.NotEqual(killed, scratch.ServerProcess);
        Assert.Equal(42, await Scratch.RunAsync(second, "select n from kept"));
        await Eventually.HoldsAsync(async () => await PlacesAsync(first) == 2, "both hosts are seen again");

        // Each again stands in for the other, and the last one to leave still stops it.
        await first.StopAsync();
        Kill(scratch);
        await Eventually.HoldsAsync(() => AnswersAsync(second), "the server is back for the second host");
        await second.StopAsync();
        Assert.False(File.Exists(Mark(scratch)));
    }

    [Fact]
    public async Task A_host_whose_place_was_ended_takes_it_again_and_stops_the_server()
    {
        await using var scratch = new Scratch();
        var host = await scratch.StartAsync();
        await EndPlacesAsync(host);
        await Eventually.HoldsAsync(async () => await PlacesAsync(host) == 1, "the host is seen again");
        await EndPlacesAsync(host);

        await host.StopAsync();
        Assert.False(File.Exists(Mark(scratch)));
    }

    [Fact]
    public async Task The_api_answers_again_after_a_kill_and_the_stop_of_the_host_stops_the_server()
    {
        await using var scratch = new Scratch();
        await using var app = await ServerBuilder.BuildAsync(Arguments(scratch));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Eventually.HoldsAsync(() => IsReadyAsync(http), "the server is ready");

        Kill(scratch);
        await Eventually.HoldsAsync(async () => !await IsReadyAsync(http) || await FirstUserAsync(http) == 404, "the death is seen, or is over");
        await Eventually.HoldsAsync(() => IsReadyAsync(http), "the server is ready again");
        await Eventually.HoldsAsync(async () => await FirstUserAsync(http) == 404, "requests are answered from the database again");

        await app.StopAsync();
        Assert.False(File.Exists(Mark(scratch)));
    }

    [Fact]
    public void Failures_in_a_row_wait_longer_and_longer()
    {
        var pauses = new List<double>();
        for (var pause = ClusterPresence.Longer(TimeSpan.Zero); pauses.Count < 9; pause = ClusterPresence.Longer(pause))
            pauses.Add(pause.TotalSeconds);
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, 30, 30], pauses);
    }

    [LinuxFact]
    public async Task A_dead_server_that_nobody_reaped_is_not_taken_for_alive()
    {
        await using var scratch = new Scratch();
        var program = Path.Combine(scratch.Root, "postgres-zombie");
        File.Copy("/bin/sleep", program);
        var files = new ClusterFiles(scratch.Data);
        Directory.CreateDirectory(files.Cluster);

        // The shell leaves its child to a program that never asks for it.
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$0\" 0 & echo $! > \"$1\"; exec sleep 60", program, scratch.Root + "/pid"]))!;
        try
        {
            await Eventually.HoldsAsync(
                () => Task.FromResult(File.Exists(scratch.Root + "/pid") && File.ReadAllText(scratch.Root + "/pid").EndsWith('\n')), "the number is known");
            var number = File.ReadAllText(scratch.Root + "/pid").Trim();
            await Eventually.HoldsAsync(() => Task.FromResult(File.ReadAllText($"/proc/{number}/stat").Contains(") Z", StringComparison.Ordinal)), "the child is dead");
            await File.WriteAllTextAsync(Mark(scratch), $"{number}\n{files.Cluster}\n1\n5432\n\n127.0.0.1\n  5432001  32768\n");

            Assert.False(files.IsServed());
            files.ForgetStaleServer();

            // What follows says which shared memory to look after.
            var lines = await File.ReadAllLinesAsync(Mark(scratch));
            Assert.NotEqual(number, lines[0]);
            Assert.Equal("  5432001  32768", lines[6]);
            Assert.False(Directory.Exists($"/proc/{lines[0]}"));
        }
        finally
        {
            parent.Kill();
        }
    }

    internal static string[] Arguments(Scratch scratch, int port = 0) =>
    [
        $"--urls=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--environment=Development", $"--Postgres:DataDirectory={scratch.Data}", "--ConnectionStrings:Monolith=",
        "--Logging:LogLevel:Default=None", $"--Licensing:DevelopmentKeyDirectory={Path.Combine(scratch.Root, "keys")}",
    ];

    internal static string Mark(Scratch scratch) => Path.Combine(scratch.Data, "cluster", "postmaster.pid");

    private static int Kill(Scratch scratch)
    {
        using var server = Process.GetProcessById(scratch.ServerProcess);
        server.Kill();
        server.WaitForExit();
        return server.Id;
    }

    private static Task<bool> AnswersAsync(EmbeddedServer host) =>
        Eventually.WithoutAsync<NpgsqlException>(async () => await Scratch.RunAsync(host, "select 1") is 1);

    private static async Task<long> PlacesAsync(EmbeddedServer host) => (long)(await Scratch.RunAsync(
        host, "select count(*) from pg_stat_activity where application_name like 'monolith %' and pid <> pg_backend_pid()"))!;

    private static Task<object?> EndPlacesAsync(EmbeddedServer host) => Scratch.RunAsync(
        host, "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'monolith %' and pid <> pg_backend_pid()");

    private static Task<bool> IsReadyAsync(HttpClient http) =>
        Eventually.WithoutAsync<HttpRequestException>(async () => (await http.GetAsync("/readyz")).IsSuccessStatusCode);

    private static async Task<int> FirstUserAsync(HttpClient http) => (int)(await http.GetAsync("/api/v2/users/first")).StatusCode;
}

/// <summary>A fact about processes as Linux shows them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Needs /proc.";
    }
}
