using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Tests.Entitlements;
using Monolith.Api.Tests.Hosting;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.1, dormancy: whoever was away for long counts no more, until their next request.</summary>
public sealed class DormancyTests
{
    private readonly FakeTimeProvider _clock = new(WholeSecond(TimeProvider.System.GetUtcNow().AddMinutes(1)));
    private readonly Heard _heard = new();

    [Fact]
    public async Task After_its_days_somebody_becomes_dormant_the_seat_follows_and_the_next_request_wakes_them()
    {
        await using var s = await StartAsync(("Users:DormantAfter", "30"));
        await Licenses.GrantAsync(s.Owner, 9);
        var (id, client) = await s.AddAsync("ann");
        var token = (await client.PostAsync("/users/me/keys/tokens", new { lifetime = TimeSpan.FromDays(60).Ticks * 100 }))["key"]!.GetValue<string>();
        await SeatProbe.InterceptAsync(s.Owner, SeatProbe.Interception(id, startedAt: _clock.GetUtcNow()));
        await SeenAsync(s, id);
        await SeatProbe.AssertTotalAsync(s, 1);

        // Exactly 30 days are not longer than 30 days.
        Pass(TimeSpan.FromDays(30));
        Assert.Equal(0, await DueAsync(s));
        Pass(TimeSpan.FromMicroseconds(1));
        Assert.Equal(1, await DueAsync(s));
        await FallsAsync(async () => await StatusAsync(s, id) == "dormant", "ann is dormant");
        Assert.Equal(0L, await s.Server.SqlAsync("select sum(ai_seats)::bigint from entitlements.usage_counts"));
        Assert.Equal([new UserDormancyStarted(id)], _heard.Events);
        Assert.Equal("write user ann {\"status\": \"active\"} {\"status\": \"dormant\"} by ", await s.Server.SqlAsync(
            $"select concat_ws(' ', action, resource_type, target, before, after, 'by ') || coalesce(actor_id::text, '') from platform.audit_logs where resource_id = '{id}' and after ->> 'status' = 'dormant'"));

        using var again = new ApiClient(s.Server.Address, token);
        Assert.Equal("active", (await again.GetAsync("/users/me"))["status"]!.GetValue<string>());
        Assert.Equal(1L, await s.Server.SqlAsync("select sum(ai_seats)::bigint from entitlements.usage_counts"));
    }

    [Fact]
    public async Task AI_use_keeps_awake_service_accounts_stay_and_the_last_owner_too()
    {
        await using var s = await StartAsync(("Users:DormantAfter", "30d"));
        var (uses, away) = (await s.CreateUserAsync("uses"), await s.CreateUserAsync("away"));
        var (second, _) = await s.AddAsync("second", "owner");
        var bot = await BotAsync(s);
        await SeenAsync(s, second);
        Pass(TimeSpan.FromDays(20));
        using var owner = await OwnerAsync(s);
        await SeatProbe.InterceptAsync(owner, SeatProbe.Interception(uses, startedAt: _clock.GetUtcNow()));
        await SeenAsync(s, s.OwnerId);
        Pass(TimeSpan.FromDays(11));
        await FallsAsync(async () => await StatusAsync(s, away) == "dormant" && await StatusAsync(s, second) == "dormant", "who was away is dormant");
        Assert.Equal(("active", "active", "active"), (await StatusAsync(s, uses), await StatusAsync(s, bot), await StatusAsync(s, s.OwnerId)));

        // Nobody was here for years: one owner stays.
        Pass(TimeSpan.FromDays(1000));
        await FallsAsync(async () => await StatusAsync(s, uses) == "dormant", "who used AI long ago is dormant");
        Assert.Equal(("active", "active"), (await StatusAsync(s, bot), await StatusAsync(s, s.OwnerId)));
    }

    [Fact]
    public async Task Two_replicas_do_it_once_and_service_accounts_are_part_of_it_when_a_setting_says_so()
    {
        await using var s = await StartAsync(("Users:DormantServiceAccounts", "true"));
        await using var replica = await MonolithServer.StartWithAsync(Clocked, s.Server.ConnectionString, ("Users:DormantServiceAccounts", "true"));
        var bot = await BotAsync(s);
        for (var number = 0; number < 450; number += 150)
            await s.Server.SqlAsync($"insert into members.users (id, username, username_folded, email, email_folded, status, login_type, created_at, updated_at) select gen_random_uuid(), 'p' || n, 'p' || n, 'p' || n || '@example.com', 'p' || n || '@example.com', 'active', 'none', '{_clock.GetUtcNow():O}', '{_clock.GetUtcNow():O}' from generate_series({number}, {number + 149}) n");
        Pass(TimeSpan.FromDays(91));
        await FallsAsync(async () => await s.Server.SqlAsync("select count(*) from members.users where status = 'active'") is 1L, "all but the owner are dormant");
        Assert.Equal("dormant", await StatusAsync(s, bot));
        await FallsAsync(async () => await s.Server.SqlAsync("select count(*) from platform.audit_logs where after ->> 'status' = 'dormant'") is 451L, "each has a row");
        Assert.Equal(451, _heard.Events.Distinct().Count());
        Assert.Equal(451, _heard.Events.Count);
    }

    [Fact]
    public async Task Zero_switches_it_off()
    {
        await using var s = await StartAsync(("Users:DormantAfter", "0"));
        var away = await s.CreateUserAsync("away");
        Pass(TimeSpan.FromDays(4000));
        Assert.Equal("active", await StatusAsync(s, away));
        using var owner = await OwnerAsync(s);
        Assert.Null((await owner.GetAsync("/dormancy"))["after_days"]);
        await using var scope = s.Server.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<IDormancyOutlook>().WithinAsync(7, CancellationToken.None));
    }

    [Fact]
    public async Task A_preview_counts_and_lists_who_would_be_dormant()
    {
        await using var s = await StartAsync(("Users:DormantAfter", "30"));
        await Licenses.GrantAsync(s.Owner, 9);
        var names = new[] { "d1", "d2", "d3", "d4" };
        foreach (var name in names)
            await s.CreateUserAsync(name);
        await BotAsync(s);
        foreach (var name in names[..2])
            await SeatProbe.InterceptAsync(s.Owner, SeatProbe.Interception((await s.Owner.GetAsync($"/users/{name}"))["id"]!.GetValue<Guid>(), startedAt: _clock.GetUtcNow()));
        Pass(TimeSpan.FromDays(20));
        using var owner = await OwnerAsync(s);
        await s.Server.SqlAsync($"update members.users set last_seen_at = '{_clock.GetUtcNow().AddDays(-5):O}' where username = 'd4'");

        Assert.Equal("""{"after_days":30,"includes_service_accounts":false,"days":30,"users":0,"ai_seats":0}""", (await owner.GetAsync("/dormancy")).Text.TrimEnd());
        Assert.Equal("""{"after_days":30,"includes_service_accounts":false,"days":10,"users":3,"ai_seats":2}""", (await owner.GetAsync("/dormancy?days=10")).Text.TrimEnd());
        var first = await owner.GetAsync("/dormancy/users?days=10&limit=2");
        Assert.Equal((3, "d1 d2"), (first["count"]!.GetValue<int>(), Names(first)));
        var next = first.Headers.GetValues("Link").Single().Split('<', '>')[1];
        Assert.Contains("after_id=", next, StringComparison.Ordinal);
        Assert.Equal("d3", Names(await owner.GetAsync(next["/api/v2".Length..])));
        foreach (var path in new[] { "/dormancy?days=0", "/dormancy?days=x", "/dormancy/users?days=3651" })
            Assert.Equal((400, "days"), ((await owner.GetAsync(path)).Code, Assert.Single((await owner.GetAsync(path))["validations"]!.AsArray())!["field"]!.GetValue<string>()));
        using var member = await s.SignInAsync("d4@example.com");
        Assert.Equal(403, (await member.GetAsync("/dormancy")).Code);
        Assert.Equal(403, (await member.GetAsync("/dormancy/users")).Code);

        // What a module that tells people asks.
        await using var scope = s.Server.Services.CreateAsyncScope();
        var outlook = scope.ServiceProvider.GetRequiredService<IDormancyOutlook>();
        Assert.Equal(new DormancyOutlook(30, 0, 0), await outlook.WithinAsync(9, CancellationToken.None));
        Assert.Equal(new DormancyOutlook(30, 3, 2), await outlook.WithinAsync(11, CancellationToken.None));
    }

    // The database counts microseconds.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private Task<Scenario> StartAsync(params (string Key, string Value)[] settings) => Scenario.StartWithAsync(Clocked, settings);

    private void Clocked(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock).AddSingleton(_heard).AddSlices([typeof(Listener)]);

    private static Task<ApiClient> OwnerAsync(Scenario s) => s.SignInAsync("owner@example.com");

    private static string Names(ApiAnswer page) => string.Join(' ', page["users"]!.AsArray().Select(user => user!["username"]!.GetValue<string>()));

    private static async Task<Guid> BotAsync(Scenario s) =>
        (await s.Owner.PostAsync("/users", new { username = "bot", service_account = true, user_status = "active", organization_ids = new[] { s.OrganizationId } }))["id"]!.GetValue<Guid>();

    private static async Task<string> StatusAsync(Scenario s, Guid id) => (string)(await s.Server.SqlAsync($"select status from members.users where id = '{id}'"))!;

    private Task<object?> SeenAsync(Scenario s, Guid id) => s.Server.SqlAsync($"update members.users set last_seen_at = '{_clock.GetUtcNow():O}' where id = '{id}'");

    private static async Task<long> DueAsync(Scenario s)
    {
        await using var scope = s.Server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IDormancyOutlook>().WithinAsync(0, CancellationToken.None))!.Users;
    }

    // Everything that repeats each second would catch up on all of them.
    private void Pass(TimeSpan time) => _clock.AdjustTime(_clock.GetUtcNow() + time);

    // The round may still be on its way to its rest: the clock goes on until it has begun anew.
    private Task FallsAsync(Func<Task<bool>> condition, string what) => Eventually.HoldsAsync(
        async () =>
        {
            if (await condition())
                return true;
            _clock.Advance(TimeSpan.FromHours(1));
            return false;
        },
        what);

    internal sealed class Heard
    {
        public ConcurrentQueue<IEvent> Events { get; } = new();
    }

    internal sealed class Listener(Heard heard) : IEventHandler<UserDormancyStarted>
    {
        public Task Handle(UserDormancyStarted notification, CancellationToken cancellationToken)
        {
            heard.Events.Enqueue(notification);
            return Task.CompletedTask;
        }
    }
}
