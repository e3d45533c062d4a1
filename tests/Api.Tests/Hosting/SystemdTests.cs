using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A unit of <c>Type=notify</c>: the program says itself when it listens, and when it begins to stop.</summary>
public sealed class SystemdTests
{
    // Whether systemd started it, the program reads from the name of its parent.
    private const string Parent = "\"$@\" & service=$!; read line; kill -TERM $service; wait $service";

    [SkippableFact]
    public async Task It_tells_the_manager_when_it_listens_and_when_it_stops()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "systemd is Linux's.");
        var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("systemd-").FullName;
        var manager = Path.Combine(folder, "systemd");
        File.Copy("/bin/sh", manager);
        using var notifications = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notifications.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "notify")));
        var address = new Uri($"http://127.0.0.1:{MonolithServer.FreePort()}");

        var start = new ProcessStartInfo(manager, ["-c", Parent, manager, "dotnet", typeof(Program).Assembly.Location, $"--urls={address}", $"--ConnectionStrings:Monolith={database}"])
        {
            RedirectStandardInput = true,
            Environment = { ["NOTIFY_SOCKET"] = Path.Combine(folder, "notify"), ["Hosting__DrainTime"] = "0" },
        };
        using var process = Process.Start(start)!;
        Assert.Equal("READY=1", await NextAsync(notifications));
        Assert.True(await Eventually.WithoutAsync<HttpRequestException>(async () => await ReadinessTests.ReadyAsync(address) is var _), "it does not listen yet");

        await process.StandardInput.WriteLineAsync();
        Assert.Equal("STOPPING=1", await NextAsync(notifications));
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Directory.Delete(folder, recursive: true);
        await TestDatabase.DropAsync(database);
    }

    private static async Task<string> NextAsync(Socket notifications)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[256];
        var length = await notifications.ReceiveAsync(buffer, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n');
    }
}
