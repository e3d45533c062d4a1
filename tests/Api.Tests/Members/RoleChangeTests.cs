using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Members specification 1.4 to 1.7 and 1.13: what has no conformance case of its own.</summary>
public sealed class RoleChangeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Members = "/organizations/default/members";
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Two_role_changes_at_once_on_what_both_have_read_one_wins_and_the_other_learns_why()
    {
        var target = await _s.CreateUserAsync(Unique());
        for (var round = 0; round < 5; round++)
        {
            var tag = (await _s.Owner.GetAsync($"{Members}/{target}")).Headers.ETag!.ToString();
            var answers = await Task.WhenAll(
                SetAsync(target, tag, "organization-auditor", $"organization-{(round % 2 == 0 ? "user" : "template")}-admin"),
                SetAsync(target, tag, "organization-workspace-access", $"organization-{(round % 2 == 0 ? "user" : "template")}-admin"));
            Assert.Equal([200, 412], answers.Select(answer => answer.Code).Order());
            var (winner, loser) = (answers.Single(answer => answer.Code == 200), answers.Single(answer => answer.Code == 412));
            Assert.Contains("changed by somebody else", loser.Text, StringComparison.Ordinal);

            // Whoever lost reads again and repeats.
            var now = await _s.Owner.GetAsync($"{Members}/{target}");
            Assert.Equal(Names(winner["roles"]), Names(now["roles"]));
            Assert.Equal(winner.Headers.ETag, now.Headers.ETag);
            Assert.Equal(200, (await SetAsync(target, now.Headers.ETag!.ToString(), "organization-auditor")).Code);
        }
    }

    [Fact]
    public async Task Two_role_changes_at_once_without_a_condition_both_leave_their_trace()
    {
        var target = await _s.CreateUserAsync(Unique());
        var answers = await Task.WhenAll(SetAsync(target, null, "organization-auditor"), SetAsync(target, null, "organization-user-admin"));
        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
        Assert.Equal(true, await _s.Server.SqlAsync(
            $"""
            select count(*) = 2 and bool_or(before -> 'roles' <> '[]') and bool_or(before -> 'roles' = '[]')
            from platform.audit_logs
            where resource_id = '{target}' and action = 'write' and resource_type = 'organization_member' and organization_id = '{_s.OrganizationId}'
            """));
    }

    [Fact]
    public async Task Any_tag_will_do_with_a_star_and_the_permission_is_asked_before_the_tag()
    {
        var target = await _s.CreateUserAsync(Unique());
        Assert.Equal(200, (await SetAsync(target, "*", "organization-auditor")).Code);
        Assert.Equal(412, (await SetAsync(target, "\"0000000000000000\"", "organization-auditor")).Code);
        var (_, member) = await _s.AddAsync(Unique());
        Assert.Equal(403, (await member.PutAsync($"{Members}/{target}/roles", new { roles = Array.Empty<string>() }, ("If-Match", "\"0000000000000000\""))).Code);
    }

    [Fact]
    public async Task A_role_change_leaves_the_times_of_the_membership_alone()
    {
        var target = await _s.CreateUserAsync(Unique());
        var before = await _s.Owner.GetAsync($"{Members}/{target}");
        var set = await SetAsync(target, null, "organization-auditor");
        foreach (var after in new[] { set, await _s.Owner.GetAsync($"{Members}/{target}") })
        {
            Assert.Equal(before["updated_at"]!.GetValue<string>(), after["updated_at"]!.GetValue<string>());
            Assert.Equal(before["created_at"]!.GetValue<string>(), after["created_at"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task An_organization_admin_demotes_another_and_the_last_one_can_be_removed()
    {
        var (firstId, first) = await _s.AddAsync(Unique());
        var (secondId, second) = await _s.AddAsync(Unique());
        await SetAsync(firstId, null, "organization-admin");
        await SetAsync(secondId, null, "organization-admin");
        Assert.Equal(200, (await first.PutAsync($"{Members}/{secondId}/roles", new { roles = Array.Empty<string>() })).Code);
        Assert.Equal(404, (await second.DeleteAsync($"{Members}/{firstId}")).Code);
        Assert.Equal(204, (await _s.Owner.DeleteAsync($"{Members}/{firstId}")).Code);
        Assert.Equal(404, (await first.GetAsync("/organizations/default")).Code);
    }

    [Fact]
    public async Task The_matrix_refuses_handing_out_membership_with_403()
    {
        var organization = (await _s.Owner.PostAsync("/organizations", new { name = Unique() }))["id"]!.GetValue<Guid>();
        var (id, auditor) = await _s.AddAsync(Unique(), "auditor");
        var target = await _s.CreateUserAsync(Unique());
        object[] permissions = [Permission("organization_member", "create"), Permission("assign_org_role", "assign")];
        await _s.Owner.PostAsync($"/organizations/{organization}/members/roles", new { name = "adder", organization_permissions = permissions });
        await _s.Owner.PostAsync($"/organizations/{organization}/members/{id}");
        Assert.Equal(404, (await auditor.PostAsync($"/organizations/{organization}/members/{target}")).Code);
        await _s.Owner.PutAsync($"/organizations/{organization}/members/{id}/roles", new { roles = new[] { "adder" } });
        Assert.Equal(403, (await auditor.PostAsync($"/organizations/{organization}/members/{target}")).Code);
    }

    [Fact]
    public async Task Somebody_with_the_right_adds_themself_and_service_accounts_come_and_go_like_others()
    {
        var organization = (await _s.Owner.PostAsync("/organizations", new { name = Unique() }))["id"]!.GetValue<Guid>();
        var (_, second) = await _s.AddAsync(Unique(), "owner");
        Assert.Equal(200, (await second.PostAsync($"/organizations/{organization}/members/me")).Code);
        var robot = Unique();
        Assert.Equal(201, (await _s.Owner.PostAsync("/users", new { username = robot, service_account = true, organization_ids = new[] { _s.OrganizationId } })).Code);
        Assert.Equal(200, (await second.PostAsync($"/organizations/{organization}/members/{robot}")).Code);
        Assert.True((await second.GetAsync($"/organizations/{organization}/members/{robot}"))["is_service_account"]!.GetValue<bool>());
        Assert.Equal(204, (await second.DeleteAsync($"/organizations/{organization}/members/{robot}")).Code);
    }

    [Fact]
    public async Task Section_1_13_every_change_of_a_membership_is_audited()
    {
        var name = Unique();
        var target = await _s.CreateUserAsync(name);
        await _s.Owner.DeleteAsync($"{Members}/{target}");
        await _s.Owner.PostAsync($"{Members}/{target}");
        await SetAsync(target, null, "organization-auditor");
        var rows = await _s.Server.SqlAsync(
            $"""
            select string_agg(concat_ws(' ', action, status, before is not null, after is not null), ', ' order by id)
            from platform.audit_logs
            where resource_type = 'organization_member' and resource_id = '{target}' and target = '{name}'
              and organization_id = '{_s.OrganizationId}' and actor_id = '{_s.OwnerId}' and address is not null
            """);
        Assert.Equal("delete 204 t f, create 200 f t, write 200 t t", rows);
    }

    private static string Unique() => $"change{Interlocked.Increment(ref _serial)}";

    private static object Permission(string type, string action) => new { negate = false, resource_type = type, action };

    private static IEnumerable<string> Names(JsonNode? roles) => roles!.AsArray().Select(role => role!["name"]!.GetValue<string>());

    private Task<ApiAnswer> SetAsync(Guid target, string? tag, params string[] roles) =>
        tag is null
            ? _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles })
            : _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles }, ("If-Match", tag));
}
