using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Tests.Hosting;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Personal data: told whole to whoever may know, and replaced everywhere when a deleted user is erased.</summary>
public sealed class ErasureTests
{
    private static readonly string[] Words = ["grace-hopper", "grace.hopper@example.com", "Grace Brewster", "https://example.com/grace.png", "grace-old"];

    private static readonly (string, string)[] Mail = [("Notifications:Smtp:Host", "mail.example.invalid"), ("Notifications:Smtp:From", "monolith@example.com")];

    [Fact]
    public async Task An_erased_user_is_named_nowhere_and_the_log_still_fits()
    {
        await using var s = await Scenario.StartAsync(Mail);
        var (id, workspace) = await MakeAsync(s);
        await InviteAsync(s, id);
        await SealedAsync(s);
        var kept = (await s.Owner.GetAsync("/audit/verify"))["hash"]!.GetValue<string>();
        var position = (await s.Owner.GetAsync("/audit/verify"))["position"]!.GetValue<long>();

        Assert.Equal(409, (await s.Owner.PostAsync($"/users/{id}/erase")).Code);
        Assert.Equal(200, (await s.Owner.DeleteAsync($"/users/{id}?force=true")).Code);
        Assert.Equal(200, (await s.Owner.PostAsync($"/users/{id}/erase")).Code);
        Assert.Equal(200, (await s.Owner.PostAsync($"/users/{id}/erase")).Code);
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from platform.audit_logs where resource_type = 'audit_log' and action = 'write'"));

        // No text of any table of any module has one of the words.
        var tables = (string[])(await s.Server.SqlAsync(
            "select array_agg(format('%I.%I', schemaname, tablename)) from pg_tables where schemaname in ('platform', 'members', 'audit', 'groups', 'entitlements', 'roles', 'notifications') and tablename <> 'form_keys'"))!;
        Assert.True(tables.Length > 20);
        foreach (var table in tables)
            foreach (var word in Words)
                Assert.True(0L == (long)(await s.Server.SqlAsync($"select count(*) from {table} t where t::text ilike '%{word}%'"))!, $"{table} has {word}");
        Assert.Equal(0L, await s.Server.SqlAsync($"select count(*) from platform.audit_logs where actor_id = '{id}' and (address is not null or user_agent is not null)"));
        Assert.Equal($"erased-{id[..8]}", ((string)(await s.Server.SqlAsync($"select name from entitlements.workspaces where id = '{workspace}'"))!)[..15]);

        // What was known of the chain before still is in it.
        await SealedAsync(s);
        var verified = await s.Owner.GetAsync("/audit/verify");
        Assert.True(verified["valid"]!.GetValue<bool>(), verified.Text);
        Assert.Equal(kept, await s.Server.SqlAsync($"select encode(hash, 'hex') from audit.seals where position = {position}"));

        // A row that is changed beside an erasure, or after one, is found; so is an erasure that the log does not tell.
        Assert.False(await FitsAfterAsync(s, $"update platform.audit_logs set target = 'x' where resource_id = '{id}' and action = 'create'"));
        Assert.False(await FitsAfterAsync(s, "update platform.audit_logs set target = 'x' where id = (select row_id from audit.seals where position = 1)"));
        Assert.False(await FitsAfterAsync(s, "insert into audit.erased_rows select row_id, gen_random_uuid(), hash from audit.seals where position = 1"));
        Assert.False(await FitsAfterAsync(s, "update audit.erased_rows set hash = sha256('x')"));
    }

    [Fact]
    public async Task Only_owners_erase()
    {
        await using var s = await Scenario.StartAsync();
        var (id, _) = await MakeAsync(s);
        var (_, _, admin) = await s.AddPersonAsync("eva", "user-admin", "auditor");
        await s.Owner.DeleteAsync($"/users/{id}?force=true");
        Assert.Equal(403, (await admin.PostAsync($"/users/{id}/erase")).Code);
        Assert.Equal(404, (await s.Owner.PostAsync($"/users/{Guid.CreateVersion7()}/erase")).Code);
        Assert.Equal(1L, await s.Server.SqlAsync($"select count(*) from members.users where id = '{id}' and username = 'grace-hopper'"));
    }

    [Fact]
    public async Task After_the_time_that_is_set_the_program_erases_by_itself()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var s = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(clock), ("Users:EraseAfter", "30d"));
        var (id, _) = await MakeAsync(s);
        await s.Owner.DeleteAsync($"/users/{id}?force=true");
        var (stays, _, _) = await s.AddPersonAsync("ann");
        clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from members.users where erased_at is not null"));

        clock.Advance(TimeSpan.FromDays(2));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return await s.Server.SqlAsync($"select count(*) from members.users where id = '{id}' and username like 'erased-%' and email = ''") is 1L;
            },
            "the user is erased");
        Assert.Equal(1L, await s.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_type = 'personal_data' and resource_id = '{id}' and actor_id is null"));
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from members.users where erased_at is not null"));
        Assert.NotNull(stays);
    }

    [Fact]
    public async Task An_export_has_all_of_it_and_no_secret()
    {
        await using var s = await Scenario.StartAsync(Mail);
        var (id, workspace) = await MakeAsync(s);
        await InviteAsync(s, id);
        await s.Server.SqlAsync($"with made as (insert into groups.groups (id, organization_id, name, name_folded, created_at, updated_at) values (gen_random_uuid(), '{s.OrganizationId}', 'compilers', 'compilers', now(), now()) returning id, organization_id) insert into groups.group_members select id, '{id}', organization_id, 'grace-hopper' from made");
        var (_, _, plain) = await s.AddPersonAsync("ann");
        Assert.Equal(404, (await plain.GetAsync($"/users/{id}/export")).Code);

        var answer = await s.Owner.GetAsync($"/users/{id}/export");
        Assert.Equal(200, answer.Code);
        Assert.Equal(id, answer["user_id"]!.GetValue<string>());
        var entries = answer["entries"]!.AsArray();
        JsonNode[] Of(string section) => [.. entries.Where(entry => entry!["section"]!.GetValue<string>() == section).Select(entry => entry!["data"]!)];
        Assert.Equal("grace.hopper@example.com", Assert.Single(Of("account"))["email"]!.GetValue<string>());
        Assert.Equal("main", Assert.Single(Of("memberships"))["organization"]!.GetValue<string>());
        Assert.Contains(Of("sessions_and_tokens"), key => key["token_name"]!.GetValue<string>() == "laptop");
        Assert.Equal("secret-project", Assert.Single(Of("interceptions"))["metadata"]!["project"]!.GetValue<string>());
        Assert.Equal(workspace, Assert.Single(Of("workspaces"))["id"]!.GetValue<string>());
        Assert.NotEmpty(Of("audit_log"));
        Assert.Equal("compilers", Assert.Single(Of("groups"))["group"]!.GetValue<string>());
        Assert.Equal("grace.hopper@example.com", Assert.Single(Of("mails"))["recipient"]!.GetValue<string>());
        Assert.NotNull(Assert.Single(Of("invitations"))["expires_at"]);
        Assert.DoesNotContain("hash", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sort_name", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interceptions_and_tokens_go_when_their_time_is_over_and_seats_stay()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var s = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(clock), ("Usage:KeepInterceptions", "30d"), ("Sessions:KeepExpiredTokens", "10d"));
        var (id, _) = await MakeAsync(s);
        await s.Server.SqlAsync("update entitlements.interceptions set started_at = started_at - interval '31 days'; update members.api_keys set expires_at = now() - interval '11 days' where token_name = 'laptop'");
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return await s.Server.SqlAsync("select (select count(*) from entitlements.interceptions) + (select count(*) from members.api_keys where token_name = 'laptop')") is 0L;
            },
            "they are gone");
        Assert.Equal(1L, await s.Server.SqlAsync($"select count(*) from entitlements.ai_seat_state where user_id = '{id}'"));
        Assert.Equal(0m, await s.Server.SqlAsync("select sum(ended_interceptions) from entitlements.usage_counts"));
    }

    private static async Task<(string Id, string Workspace)> MakeAsync(Scenario s)
    {
        var organization = (await s.Owner.GetAsync("/organizations/default"))["id"]!.GetValue<string>();
        var made = await s.Owner.PostAsync("/users", new { email = "grace.hopper@example.com", username = "grace-old", name = "Grace Brewster", password = "Correct-Horse-9-Battery", user_status = "active", organization_ids = new[] { organization } });
        var id = made["id"]!.GetValue<string>();
        using var anonymous = new ApiClient(s.Server.Address);
        var login = await anonymous.PostAsync("/users/login", new { email = "grace.hopper@example.com", password = "Correct-Horse-9-Battery" });
        using var grace = new ApiClient(s.Server.Address, login["session_token"]!.GetValue<string>());
        Assert.Equal(200, (await s.Owner.PutAsync($"/users/{id}/profile", new { username = "grace-hopper", name = "Grace Brewster", avatar_url = "https://example.com/grace.png" })).Code);
        Assert.Equal(201, (await grace.PostAsync("/users/me/keys/tokens", new { token_name = "laptop" })).Code);
        var now = TimeProvider.System.GetUtcNow();
        await s.Owner.PostAsync("/ai-usage/interceptions", new { interceptions = new[] { new { id = Guid.CreateVersion7(), initiator_id = id, provider = "anthropic", model = "m", started_at = now.AddHours(-2), ended_at = now.AddHours(-1), metadata = new { project = "secret-project", who = "grace-hopper" } } } });
        var workspace = Guid.CreateVersion7().ToString();
        await s.Owner.PostAsync("/ai-usage/workspace-builds", new { builds = new[] { new { id = Guid.CreateVersion7(), workspace_id = workspace, workspace_name = "grace-hopper-dev", owner_id = id, organization_id = organization, build_number = 1, transition = "start", has_ai_task = true, created_at = now.AddHours(-1) } } });
        return (id, workspace);
    }

    // Nobody answers there: the mail waits, with all that it says.
    private static async Task InviteAsync(Scenario s, string id)
    {
        Assert.Equal(201, (await s.Owner.PostAsync($"/users/{id}/invitation")).Code);
        Assert.Equal(1L, await s.Server.SqlAsync("select count(*) from notifications.deliveries where recipient = 'grace.hopper@example.com'"));
    }

    private static Task SealedAsync(Scenario s) =>
        Eventually.HoldsAsync(async () => await s.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs") is 0L, "all rows are sealed");

    // What is changed is changed back, for the next one.
    private static async Task<bool> FitsAfterAsync(Scenario s, string statement)
    {
        await s.Server.SqlAsync("create table if not exists public.kept_logs as table platform.audit_logs; create table if not exists public.kept_erased as table audit.erased_rows");
        await s.Server.SqlAsync(statement);
        var fits = (await s.Owner.GetAsync("/audit/verify"))["valid"]!.GetValue<bool>();
        await s.Server.SqlAsync("update platform.audit_logs l set target = k.target from public.kept_logs k where k.id = l.id and k.target is distinct from l.target; delete from audit.erased_rows; insert into audit.erased_rows table public.kept_erased");
        Assert.True((await s.Owner.GetAsync("/audit/verify"))["valid"]!.GetValue<bool>(), "it was put back");
        return fits;
    }
}
