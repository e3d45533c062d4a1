using System.Diagnostics;
using Monolith.Notifications.Tests.World;
using Monolith.Testing;

namespace Monolith.Notifications.Tests;

/// <summary>The real program is killed between the commit of a message and its delivery.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task What_a_killed_program_had_stored_is_sent_by_the_next_one()
    {
        await using var mailbox = Mailbox.Start();
        await using var receiver = await Receiver.StartAsync();
        // The receiver has the message and never says so; the mail server takes nothing.
        receiver.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        mailbox.Takes = false;
        var database = await TestDatabase.CreateAsync();
        var address = new Uri($"http://127.0.0.1:{MonolithServer.FreePort()}");
        using (var victim = Start(address, database, mailbox, "5m"))
        {
            try
            {
                using var owner = await OwnerAsync(address);
                await owner.OnlyAsync("none of them");
                await owner.SeatsAsync(1);
                await owner.UseAiAsync((await owner.GetAsync("/users/me"))["id"]!.GetValue<Guid>());
                await owner.HookAsync("Chat", receiver.Url);
                await owner.MailAsync("Ops", "ops@example.com");
                await owner.PutAsync("/notifications/rules/seats_used", new { enabled = true });
                await Eventually.HoldsAsync(() => receiver.Hooks.Count == 1, "the message is stored and on its way");
            }
            finally
            {
                victim.Kill();
                await victim.WaitForExitAsync();
            }
        }

        var first = receiver.Hooks[0].Id;
        receiver.Respond = (_, _) => Task.CompletedTask;
        mailbox.Takes = true;
        await using (var next = await MonolithServer.StartOnAsync(database, [.. Steps.Quick, .. mailbox.Settings]))
        {
            // The lease of what the dead program had taken, and the pause of what failed, are over.
            await next.SqlAsync("update notifications.deliveries set due_at = now() where status = 'waiting'");
            await Eventually.HoldsAsync(async () => await next.SqlAsync("select count(*) from notifications.deliveries where status = 'sent'") is 2L, "both arrive");
            Assert.Equal(1L, await next.SqlAsync("select count(*) from notifications.messages"));
        }

        Assert.Equal([first, first], receiver.Hooks.Select(hook => hook.Id));
        Assert.Equal("All AI seats are used", receiver.Hooks[1].Json["subject"]!.GetValue<string>());
        Assert.Equal("All AI seats are used", Assert.Single(mailbox.Messages).Subject);
        await TestDatabase.DropAsync(database);
    }

    private static async Task<ApiClient> OwnerAsync(Uri address)
    {
        using var anonymous = new ApiClient(address);
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    return (await anonymous.GetAsync("/users/first")).Code == 404;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the program is ready");
        Assert.Equal(201, (await anonymous.PostAsync("/users/first", new { email = "owner@example.com", username = "owner", password = Scenario.Password })).Code);
        var login = await anonymous.PostAsync("/users/login", new { email = "owner@example.com", password = Scenario.Password });
        return new ApiClient(address, login["session_token"]!.GetValue<string>());
    }

    private static Process Start(Uri address, string database, Mailbox mailbox, string timeout)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet");
        string[] settings = [.. new[] { ("Notifications:AllowPrivateTargets", "true"), ("Notifications:Interval", "50ms"), ("Notifications:Timeout", timeout) }.Concat(mailbox.Settings).Select(one => $"--{one.Item1}={one.Item2}")];
        foreach (var argument in new[]
        {
            "exec", "--depsfile", Beside("Monolith.Notifications.Tests.deps.json"), "--runtimeconfig", Beside("Monolith.Notifications.Tests.runtimeconfig.json"), Beside("Monolith.dll"),
            "serve", $"--urls={address}", "--environment=Development", $"--ConnectionStrings:Monolith={database}", "--Database:ModuleRoles=true",
            "--Logging:LogLevel:Default=None", $"--Licensing:DevelopmentKeyDirectory={Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys")}",
        }.Concat(settings))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;

        static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
    }
}
