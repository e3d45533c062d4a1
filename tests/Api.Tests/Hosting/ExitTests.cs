using System.Net;
using System.Net.Sockets;
using Monolith.Api.Verbs;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>How the program ends: its exit code, and what it leaves running.</summary>
public sealed class ExitTests
{
    [Fact]
    public async Task A_database_that_cannot_be_prepared_is_exit_code_1()
    {
        var connectionString = await TestDatabase.CreateAsync();
        var server = await MonolithServer.StartOnAsync(connectionString);
        await server.SqlAsync("update platform.schema_migrations set checksum = 'other' where name = '0001_platform.sql'");
        await server.DisposeAsync();

        string[] arguments = ["--urls=http://127.0.0.1:0", "--environment=Development", $"--ConnectionStrings:Monolith={connectionString}", "--Logging:LogLevel:Default=None"];
        Assert.Equal(1, await MonolithHost.RunAsync(arguments));
        await TestDatabase.DropAsync(connectionString);
    }

    [Fact]
    public async Task Nothing_is_left_running_after_migrate_a_taken_port_or_a_wrong_setting()
    {
        await using var scratch = new Scratch();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var arguments = EmbeddedRevivalTests.Arguments(scratch, ((IPEndPoint)taken.LocalEndpoint).Port);

        Assert.Equal(0, await MonolithHost.RunAsync(["migrate", .. arguments]));
        Assert.False(File.Exists(EmbeddedRevivalTests.Mark(scratch)), "after migrate");

        Assert.Equal(1, await MonolithHost.RunAsync(["serve", .. arguments]));
        Assert.False(File.Exists(EmbeddedRevivalTests.Mark(scratch)), "after the port was taken");

        Assert.Equal(1, await MonolithHost.RunAsync(["serve", .. arguments, "--Entitlements:CommunityFeatures=no_such_feature"]));
        Assert.False(File.Exists(EmbeddedRevivalTests.Mark(scratch)), "after a feature that there is not");

        Assert.Equal(1, await MonolithHost.RunAsync(["serve", .. arguments, "--Database:LockTimeout=5"]));
        Assert.Equal(1, await MonolithHost.RunAsync(["serve", .. arguments, "--Hosting:DrainTime=soon"]));
        Assert.False(File.Exists(EmbeddedRevivalTests.Mark(scratch)), "after settings that cannot be read");
    }
}
