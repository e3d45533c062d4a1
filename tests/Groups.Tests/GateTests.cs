using Monolith.Testing;
using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Gate, audit and entity tags: cases 78 to 80 of the specification, section 9.8.</summary>
[Collection(SharedWorld.Name)]
public sealed class GateTests(GroupWorld world)
{
    [Fact]
    public async Task Case_78_without_the_feature_every_route_is_refused()
    {
        await using var scenario = await Scenario.StartAsync(("Entitlements:CommunityFeatures", "multiple_organizations"));
        var (organization, owner) = (scenario.OrganizationId, scenario.Owner);
        Assert.False((await owner.GetAsync("/entitlements"))["features"]!["template_rbac"]!["enabled"]!.GetValue<bool>());
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/groups"),
            (HttpMethod.Get, $"/organizations/{organization}/groups"),
            (HttpMethod.Get, $"/organizations/{organization}/paginated-groups"),
            (HttpMethod.Post, $"/organizations/{organization}/groups"),
            (HttpMethod.Get, $"/organizations/{organization}/groups/Everyone"),
            (HttpMethod.Get, $"/groups/{organization}"),
            (HttpMethod.Patch, $"/groups/{organization}"),
            (HttpMethod.Delete, $"/groups/{organization}"),
            (HttpMethod.Get, $"/groups/{organization}/members"),
            (HttpMethod.Get, $"/organizations/{organization}/groups/Everyone/members"),
        })
        {
            var answer = await owner.SendAsync(method, path, method == HttpMethod.Get || method == HttpMethod.Delete ? null : "{}");
            Assert.Equal(403, answer.Code);
            Assert.Contains("is a Premium feature", Text(answer.Json, "message"), StringComparison.Ordinal);
            Assert.Equal(401, (await scenario.Anonymous().SendAsync(method, path)).Code);
        }

        // What somebody made while there was a license is no reason to keep an organization for ever.
        var other = Id(await owner.PostAsync("/organizations", new { name = "left" }));
        await using (var source = Npgsql.NpgsqlDataSource.Create(scenario.Server.ConnectionString))
        {
            await using var command = source.CreateCommand($"insert into groups.groups (id, organization_id, name, name_folded, created_at, updated_at) values (gen_random_uuid(), '{other}', 'x', 'x', now(), now())");
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(200, (await owner.DeleteAsync($"/organizations/{other}")).Code);
    }

    [Fact]
    public async Task Case_79_every_change_is_one_audit_row_that_says_who_came_and_left()
    {
        var name = world.Name();
        var id = await world.GroupAsync(name, world.Anna.Id, world.Ben.Id);
        await world.ChangeAsync(id, new { display_name = "Renamed", add_users = new[] { world.Dora.Id }, remove_users = new[] { world.Ben.Id } });
        await world.Owner.DeleteAsync($"/groups/{id}");
        Assert.Equal(4, await world.NumberAsync($"select count(*) from platform.audit_logs where resource_type = 'group' and resource_id = '{id}' and target = '{name}' and organization_id = '{world.O1}'"));
        Assert.Equal(1, await MatchAsync("create", "before is null and after ->> 'name' = @ and after -> 'members' = '[]' and status = 201", name));
        Assert.Equal(1, await MatchAsync("write", "jsonb_array_length(before -> 'members') = 0 and jsonb_array_length(after -> 'members') = 2 and after -> 'members' ? @", world.Anna.Id));
        Assert.Equal(1, await MatchAsync("write", $"before -> 'members' = '[\"{world.Ben.Id}\"]' and after -> 'members' = '[\"{world.Dora.Id}\"]' and before ->> 'display_name' = '' and after ->> 'display_name' = @", "Renamed"));
        Assert.Equal(1, await MatchAsync("delete", "after is null and jsonb_array_length(before -> 'members') = 2 and before -> 'members' ? @", world.Dora.Id));

        var refused = await world.GroupAsync(world.Name());
        await world.ChangeAsync(refused, new { add_users = new[] { world.Carl.Id } });
        Assert.Equal(1, await world.NumberAsync($"select count(*) from platform.audit_logs where resource_id = '{refused}' and status = 400 and after is null"));

        Task<long> MatchAsync(string action, string condition, object value) => world.NumberAsync(
            $"select count(*) from platform.audit_logs where resource_id = '{id}' and action = '{action}' and {condition.Replace("@", $"'{value}'", StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task Case_80_a_stale_tag_is_refused_and_no_tag_is_no_duty()
    {
        var id = await world.GroupAsync(world.Name());
        var tags = new List<string> { await TagAsync(id) };
        foreach (var body in new object[] { new { name = world.Name() }, new { display_name = "Other" }, new { quota_allowance = 2 }, new { add_users = new[] { world.Anna.Id } }, new { add_users = new[] { world.Ben.Id }, remove_users = new[] { world.Anna.Id } } })
        {
            var answer = await world.ChangeAsync(id, body, null, ("If-Match", tags[^1]));
            Assert.Equal(200, answer.Code);
            tags.Add(await TagAsync(id));
            Assert.Equal(tags[^1], answer.Headers.ETag!.Tag);
        }

        Assert.Equal(tags.Count, tags.Distinct().Count());
        var before = (await world.GetAsync(id)).Text;
        foreach (var stale in tags.SkipLast(1))
        {
            Assert.Equal(412, (await world.ChangeAsync(id, new { display_name = "Never" }, null, ("If-Match", stale))).Code);
            Assert.Equal(412, (await world.Owner.SendAsync(HttpMethod.Delete, $"/groups/{id}", null, ("If-Match", stale))).Code);
        }

        Assert.Equal(before, (await world.GetAsync(id)).Text);
        Assert.Equal(304, (await world.Owner.SendAsync(HttpMethod.Get, $"/groups/{id}", null, ("If-None-Match", tags[^1]))).Code);

        // Whoever asks without the members holds the same right to change.
        var light = (await world.Owner.GetAsync($"/groups/{id}?exclude_members=true")).Headers.ETag!.Tag;
        Assert.Equal(200, (await world.ChangeAsync(id, new { display_name = "Light" }, null, ("If-Match", light))).Code);
        Assert.Equal(200, (await world.Owner.SendAsync(HttpMethod.Delete, $"/groups/{id}", null, ("If-Match", await TagAsync(id)))).Code);

        var everybody = await TagAsync(world.O1);
        Assert.Equal(200, (await world.ChangeAsync(world.O1, new { quota_allowance = 41 }, null, ("If-Match", everybody))).Code);
        Assert.Equal(412, (await world.ChangeAsync(world.O1, new { quota_allowance = 42 }, null, ("If-Match", everybody))).Code);
    }

    [Fact]
    public async Task Budgets_are_not_there()
    {
        foreach (var path in new[] { $"/groups/{world.O1}/ai/budget", $"/organizations/{world.O1}/groups/ai/spend?group_ids={world.O1}", $"/groups/{world.O1}/members/ai/spend" })
        {
            var answer = await world.Owner.GetAsync(path);
            Assert.Equal(404, answer.Code);
            Assert.NotEqual("", Text(answer.Json, "message"));
        }
    }

    private async Task<string> TagAsync(Guid id) => (await world.GetAsync(id)).Headers.ETag!.Tag;
}
