using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.EmbeddedPostgres;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task Two_hosts_share_one_server_and_the_last_to_leave_stops_it()
    {
        await using var scratch = new Scratch();
        var both = await Task.WhenAll(scratch.StartAsync(), scratch.StartAsync());
        Assert.Equal(Scratch.Port(both[0]), Scratch.Port(both[1]));
        Assert.Equal("monolith", await Scratch.RunAsync(both[0], "select current_database()"));

        await both[0].StopAsync();
        Assert.Equal(1, await Scratch.RunAsync(both[1], "select 1"));

        await both[1].StopAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => Scratch.RunAsync(both[1], "select 1"));
        Assert.False(File.Exists(Path.Combine(scratch.Data, "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task A_cluster_whose_maker_got_no_further_gets_its_database()
    {
        await using var scratch = new Scratch();
        var first = await scratch.StartAsync();
        var administrator = new NpgsqlConnectionStringBuilder(first.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        await using (var connection = new NpgsqlConnection(administrator))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("drop database monolith with (force)", connection);
            await command.ExecuteNonQueryAsync();
        }

        await first.StopAsync();
        Assert.Equal("monolith", await Scratch.RunAsync(await scratch.StartAsync(), "select current_database()"));
    }

    /// <summary>A signal to the whole group, as a terminal or a supervisor sends it, ended pg_ctl too; the server that it had begun stayed, and the failure was blamed on the installation.</summary>
    [Fact]
    public async Task A_start_that_is_given_up_while_pg_ctl_is_ended_leaves_no_server()
    {
        await using var scratch = new Scratch();
        await (await scratch.StartAsync()).StopAsync();
        var (port, go) = (Path.Combine(scratch.Data, "port"), Path.Combine(scratch.Root, "go"));
        File.Delete(port);
        var programs = await ProgramsAsync(scratch, $"start) while [ ! -e '{go}' ]; do sleep 0.05; done; $real/pg_ctl \"$@\" -W; exit 143;;");

        using var interrupt = new CancellationTokenSource();
        var starting = EmbeddedServer.StartAsync(new EmbeddedPostgresOptions(scratch.Data, programs), NullLogger.Instance, interrupt.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(port)), "pg_ctl is called");
        await interrupt.CancelAsync();
        await File.WriteAllTextAsync(go, "");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.False(new ClusterFiles(scratch.Data).IsServed());
        Assert.False(File.Exists(Path.Combine(scratch.Data, "cluster", "postmaster.pid")));
    }

    [Theory]
    [InlineData("4711", "ready   ", null, true)]
    [InlineData("4711", "ready   ", 17, true)]
    [InlineData("4711", "ready   ", 4711, false)]
    [InlineData("4711", "starting", null, false)]
    [InlineData("4711", "stopping", 17, false)]
    [InlineData("", "ready   ", null, false)]
    public async Task A_server_is_ready_when_another_process_than_before_says_so(string process, string state, int? before, bool isReady)
    {
        await using var scratch = new Scratch();
        var files = new ClusterFiles(scratch.Data);
        Assert.False(files.IsReady(before));
        Directory.CreateDirectory(files.Cluster);
        await File.WriteAllLinesAsync(Path.Combine(files.Cluster, "postmaster.pid"), [process, files.Cluster, "1764520000", "5432", "", "127.0.0.1", "  1234567         0", state]);
        Assert.Equal(isReady, files.IsReady(before));
    }

    [Fact]
    public async Task Data_and_port_outlive_a_stop_and_a_kill()
    {
        await using var scratch = new Scratch();
        var first = await scratch.StartAsync();
        await Scratch.RunAsync(first, "create table kept (n int); insert into kept values (42)");
        await first.StopAsync();

        var second = await scratch.StartAsync();
        Assert.Equal(42, await Scratch.RunAsync(second, "select n from kept"));
        Assert.Equal(Scratch.Port(first), Scratch.Port(second));

        using (var server = Process.GetProcessById(scratch.ServerProcess))
            server.Kill();

        var third = await scratch.StartAsync();
        Assert.Equal(42, await Scratch.RunAsync(third, "select n from kept"));
    }

    [Fact]
    public async Task The_mark_of_a_server_whose_number_was_given_away_does_not_block()
    {
        await using var scratch = new Scratch();
        var first = await scratch.StartAsync();
        await first.StopAsync();

        // It must belong to the same account: PostgreSQL itself looks through the processes of others.
        using var end = new CancellationTokenSource();
        var account = await PostgresAccount.ChooseAsync(CancellationToken.None);
        var number = Path.Combine(scratch.Data, "other");
        var other = account.RunAsync("/bin/sh", ["-c", "echo $$ > \"$0\"; exec sleep 60", number], "/", end.Token);
        try
        {
            while (!File.Exists(number) || new FileInfo(number).Length == 0)
                await Task.Delay(10);
            var cluster = Path.Combine(scratch.Data, "cluster");
            await File.WriteAllTextAsync(
                Path.Combine(cluster, "postmaster.pid"),
                $"{(await File.ReadAllTextAsync(number)).Trim()}\n{cluster}\n1\n{Scratch.Port(first)}\n\n127.0.0.1\n");
            var second = await scratch.StartAsync();
            Assert.Equal(1, await Scratch.RunAsync(second, "select 1"));
        }
        finally
        {
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        }
    }

    [Fact]
    public async Task The_password_is_needed_and_readable_by_its_owner_only()
    {
        await using var scratch = new Scratch();
        var postgres = await scratch.StartAsync();
        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(guess.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(scratch.Data, "password")));
        Assert.Equal("127.0.0.1", await Scratch.RunAsync(postgres, "show listen_addresses"));
    }

    // The programs of this machine, with another answer of pg_ctl to one word.
    private static async Task<string> ProgramsAsync(Scratch scratch, string answer)
    {
        var look = await EmbeddedServer.LookAsync(new EmbeddedPostgresOptions(scratch.Data), CancellationToken.None);
        var real = look[(look.IndexOf(" in ", StringComparison.Ordinal) + 4)..];
        var folder = Directory.CreateDirectory(Path.Combine(scratch.Root, "bin")).FullName;
        foreach (var program in new[] { "initdb", "postgres", "pg_config", "pg_ctl" })
        {
            var path = Path.Combine(folder, program);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\nreal='{real}'\ncase \"$1\" in\n{(program == "pg_ctl" ? answer : "")}\n*) exec $real/{program} \"$@\";;\nesac\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        return folder;
    }
}
