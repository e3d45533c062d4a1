using System.Collections.Concurrent;
using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Tests.Entitlements;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>Every command of every module is carried out here, and leaves a row in the audit log. Commands are found by scanning: one that no step reaches is named, too.</summary>
public sealed class CommandTraceTests : IDisposable
{
    private const string Next = "Another-Horse-10-Charger";

    private readonly string _license = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly CommandTraces _traces = new();

    public void Dispose() => File.Delete(_license);

    [Fact]
    public async Task Every_command_leaves_a_row()
    {
        await File.WriteAllTextAsync(_license, Licenses.Issue(Licenses.Seats(7)));
        await using var s = await Scenario.StartWithAsync(
            services => services.AddSingleton(_traces).AddScoped(typeof(IPipelineBehavior<,>), typeof(CommandSpy<,>)), ("Licensing:File", _license),
            // Nobody is there: what the mails say stays where it waits.
            ("Notifications:Smtp:Host", "mail.example.invalid"), ("Notifications:Smtp:From", "monolith@example.com"));
        await RunUsersAsync(s);
        await RunOrganizationsAsync(s);
        await RunLicensesAsync(s);
        await RunNotificationsAsync(s);
        await RunVerbsAsync(s);

        var commands = s.Server.Services.GetServices<RegisteredModule>().SelectMany(module => module.Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(ICommandBase).IsAssignableFrom(type)).ToList();
        Assert.True(commands.Count > 30);
        var faults = commands.Select(_traces.Fault).OfType<string>().ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task RunUsersAsync(Scenario s)
    {
        var (id, ann) = await s.AddAsync("ann", "auditor");
        await ann.PutAsync("/users/me/profile", new { username = "ann", name = "Ann" });
        await ann.PutAsync("/users/me/preferences", new { task_notification_alert_dismissed = true });
        await ann.PutAsync("/users/me/appearance", new { theme_preference = "dark", terminal_font = "fira-code" });
        await s.Server.SqlAsync("update members.users set status = 'dormant' where username = 'ann'");
        await ann.GetAsync("/users/me");
        await ann.PostAsync("/users/me/keys");
        await ann.PostAsync("/users/me/keys/tokens", new { token_name = "one" });
        var key = (await ann.GetAsync("/users/me/keys/tokens")).Json!.AsArray()[0]!["id"]!.GetValue<string>();
        await ann.PutAsync($"/users/me/keys/{key}/expire");
        await ann.DeleteAsync($"/users/me/keys/{key}");
        await EndSessionsAsync(s, ann);
        await s.Owner.PutAsync($"/users/{id}/password", new { password = Next });
        await s.Owner.PutAsync($"/users/{id}/status/suspend");
        await s.Owner.DeleteAsync($"/users/{id}");
        await s.Owner.PostAsync($"/users/{id}/erase");
        await Members.ImportFeed.SendAsync(s, s.Owner, "email\nimported@example.com");
        await s.Server.SqlAsync("update members.users set status = 'active', last_seen_at = now() - interval '100 days' where username = 'imported'");
        await s.Server.Services.GetRequiredService<IDormancyRound>().RunAsync(CancellationToken.None);
    }

    // By the page: no route of the API signs somebody out everywhere.
    private static async Task EndSessionsAsync(Scenario s, ApiClient caller)
    {
        using var browser = new PageBrowser(s.Server.Address, caller.Token);
        Assert.Equal("/sign-in", await browser.PostAsync("/settings/account", "sessions", new() { ["key"] = "everywhere" }));
        var again = await s.SignInAsync("ann@example.com");
        await again.PostAsync("/users/logout");
    }

    private static async Task RunOrganizationsAsync(Scenario s)
    {
        var (ben, cem) = (await s.CreateUserAsync("ben"), await s.CreateUserAsync("cem"));
        await s.Owner.PostAsync("/organizations", new { name = "acme" });
        await s.Owner.SendAsync(HttpMethod.Patch, "/organizations/acme", new { display_name = "Acme" });
        await s.Owner.PostAsync($"/organizations/acme/members/{ben}");
        await s.Owner.PostAsync("/organizations/acme/members", new { user_ids = new[] { cem } });
        await Members.ImportFeed.SendAsync(s, s.Owner, "email\ndan@example.com", path: "/organizations/acme/members/import");
        var role = new { name = "reader", display_name = "Reader", organization_permissions = new[] { new { resource_type = "workspace", action = "read" } } };
        await s.Owner.PostAsync("/organizations/acme/members/roles", role);
        await s.Owner.PutAsync("/organizations/acme/members/roles", role with { display_name = "Readers" });
        await s.Owner.SendAsync(HttpMethod.Patch, "/organizations/acme/members/roles", role with { display_name = "Reading" });
        await s.Owner.SendAsync(HttpMethod.Patch, "/organizations/acme/settings/workspace-sharing", new { shareable_workspace_owners = "none" });
        await s.Owner.PutAsync($"/organizations/acme/members/{ben}/roles", new { roles = new[] { "reader" } });
        await s.Owner.DeleteAsync("/organizations/acme/members/roles/reader");
        var group = (await s.Owner.PostAsync("/organizations/acme/groups", new { name = "readers" }))["id"];
        await s.Owner.SendAsync(HttpMethod.Patch, $"/groups/{group}", new { display_name = "Readers" });
        await s.Owner.DeleteAsync($"/groups/{group}");
        await s.Owner.DeleteAsync($"/organizations/acme/members/{ben}");
        await s.Owner.DeleteAsync($"/organizations/acme/members/{cem}");
        await s.Owner.DeleteAsync("/organizations/acme/members/dan");
        await s.Owner.DeleteAsync("/organizations/acme");
        await SeatProbe.InterceptAsync(s.Owner, SeatProbe.Interception(ben));
        await SeatProbe.BuildAsync(s, cem);
    }

    private static async Task RunLicensesAsync(Scenario s)
    {
        var made = await s.Owner.PostAsync("/licenses", new { license = Licenses.Issue(Licenses.Seats(9)) });
        await s.Owner.DeleteAsync($"/licenses/{made["id"]}");
    }

    private static async Task RunNotificationsAsync(Scenario s)
    {
        await s.CreateUserAsync("nadia");
        await s.Owner.PostAsync("/users/nadia/invitation");
        var token = await s.Server.SqlAsync("select substring(body from 'token=([A-Za-z0-9-]+)') from notifications.messages where rule = 'account'");
        await s.Anonymous().PostAsync("/invitations/accept", new { token, password = Next });
        await s.Owner.PutAsync("/notifications/rules/seats_used", new { enabled = false });
        // A name that nobody has: nothing is sent anywhere.
        var target = (await s.Owner.PostAsync("/notifications/targets", new { name = "Chat", kind = "webhook", url = "https://hooks.example.invalid/" }))["id"];
        await s.Owner.SendAsync(HttpMethod.Patch, $"/notifications/targets/{target}", new { enabled = false });
        await s.Owner.PostAsync($"/notifications/targets/{target}/secret");
        var delivery = (await s.Owner.PostAsync($"/notifications/targets/{target}/test"))["id"];
        await s.Owner.PostAsync($"/notifications/deliveries/{delivery}/retry");
        await s.Owner.DeleteAsync($"/notifications/targets/{target}");
    }

    private static async Task RunVerbsAsync(Scenario s)
    {
        await using var scope = s.Server.Services.CreateAsyncScope();
        var owners = scope.ServiceProvider.GetRequiredService<IOwnerRecovery>();
        await owners.CreateAsync(new NewOwner("boss@example.com", "boss", "The Boss", Scenario.Password), CancellationToken.None);
        await owners.ResetPasswordAsync("boss", Next, CancellationToken.None);
    }
}

/// <summary>Which commands succeeded, and whether one of their kind had something to tell.</summary>
internal sealed class CommandTraces
{
    private readonly ConcurrentDictionary<Type, bool> _told = new();

    public void Note(Type command, bool told) => _told.AddOrUpdate(command, told, (_, before) => before || told);

    public string? Fault(Type command)
    {
        var isWaived = command.GetCustomAttribute<LeavesNoAuditRowAttribute>() is not null;
        if (!_told.TryGetValue(command, out var told))
            return isWaived ? null : $"{command.FullName} is carried out by no step of this test: add one to the part that is about its kind.";
        return told == isWaived
            ? isWaived ? $"{command.FullName} leaves a row: take [LeavesNoAuditRow] away." : $"{command.FullName} leaves no row: let its handler record what it did, before and after."
            : null;
    }
}

/// <summary>Stands between the transaction and the handler: what was recorded here is written with what it tells.</summary>
internal sealed class CommandSpy<TRequest, TResponse>(CommandTraces traces, AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommandBase
    where TResponse : IFailable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Error is null)
            traces.Note(typeof(TRequest), trail.Entries.Count > 0);
        return response;
    }
}
