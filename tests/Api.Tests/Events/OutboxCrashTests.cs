using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Monolith.Api.Tests.Hosting;
using Monolith.Data.Connections;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Members;
using Monolith.Members.Contracts;
using Monolith.Testing;

[assembly: HostingStartup(typeof(Monolith.Api.Tests.Events.OutboxCrashTests.PlantedHandler))]

namespace Monolith.Api.Tests.Events;

/// <summary>The real program is killed in the middle of a piece.</summary>
public sealed class OutboxCrashTests
{
    private const string Folder = "OUTBOX_CRASH_FOLDER";

    [Fact]
    public async Task What_a_killed_program_left_is_done_by_the_next_one_once()
    {
        await using var scratch = new Scratch();
        var database = await TestDatabase.CreateAsync();
        var address = new Uri($"http://127.0.0.1:{MonolithServer.FreePort()}");
        using (var program = Start(address, database, scratch.Root))
        {
            try
            {
                using var anonymous = new ApiClient(address);
                await Eventually.HoldsAsync(() => Eventually.WithoutAsync<HttpRequestException>(async () => (await anonymous.GetAsync("/users/first")).Code == 404), "the program is ready");
                var first = await anonymous.PostAsync("/users/first", new { email = "owner@example.com", username = "owner", password = Scenario.Password });
                Assert.Equal(201, first.Code);
                await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(Path.Combine(scratch.Root, "begun"))), "the work is under way");
            }
            finally
            {
                program.Kill();
                await program.WaitForExitAsync();
            }
        }

        await using (var next = await MonolithServer.StartWithAsync(services => services.AddSlices([typeof(Slow)]), database))
        {
            await Eventually.HoldsAsync(async () => await next.SqlAsync("select count(*) from platform.outbox") is 0L, "the next program does it");
            Assert.Equal("attempt 2", await next.SqlAsync("select theme_preference from members.user_settings"));
        }

        await TestDatabase.DropAsync(database);
    }

    // The program with the assemblies of the tests, so that it can load the handler below.
    private static Process Start(Uri address, string database, string folder)
    {
        string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList =
            {
                "exec", "--depsfile", Beside("Monolith.Api.Tests.deps.json"), "--runtimeconfig", Beside("Monolith.Api.Tests.runtimeconfig.json"), Beside("Monolith.dll"),
                "serve", $"--urls={address}", "--environment=Development", $"--ConnectionStrings:Monolith={database}", "--Database:ModuleRoles=true",
                "--Logging:LogLevel:Default=None", $"--Licensing:DevelopmentKeyDirectory={Path.Combine(folder, "keys")}",
            },
            Environment = { ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(OutboxCrashTests).Assembly.GetName().Name, [Folder] = folder },
        };
        return Process.Start(start)!;
    }

    /// <summary>Adds the handler to the program that is killed.</summary>
    public sealed class PlantedHandler : IHostingStartup
    {
        /// <inheritdoc />
        public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSlices([typeof(Slow)]));
    }

    /// <summary>Writes, and where it is to be killed never ends.</summary>
    internal sealed class Slow(Db<MembersModule> db) : IOutboxHandler<UserCreated>
    {
        public async Task HandleAsync(UserCreated happened, OutboxDelivery delivery, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(
                "insert into members.user_settings (user_id, theme_preference) values (@UserId, @theme)", new { happened.UserId, theme = $"attempt {delivery.Attempt}" }, cancellationToken);
            if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
                return;
            await File.WriteAllTextAsync(Path.Combine(folder, "begun"), "", cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
