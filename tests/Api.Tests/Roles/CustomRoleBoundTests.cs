using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Contract 7.3: how large a custom role may be, and what is said about one that may not be.</summary>
[Collection(RolesGroup.Name)]
public sealed class CustomRoleBoundTests(RolesServer server)
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Permissions_are_kept_once_each(string method)
    {
        var name = method == "PUT" ? await server.MakeRoleAsync("workspace:read") : server.Unique("once");
        var sent = Enumerable.Repeat(new[] { "template:read", "template:update" }, 5000).SelectMany(pair => pair).ToArray();
        var answer = await server.Scenario.Owner.SendAsync(HttpMethod.Parse(method), server.Roles(), new { name, organization_permissions = RolesServer.Permissions(sent) });
        Assert.Equal(200, answer.Code);
        Assert.Equal(["template:read", "template:update"], answer["organization_permissions"]!.AsArray().Select(Text));
        Assert.Equal(2, await server.Scenario.Server.SqlAsync($"select jsonb_array_length(permissions) from roles.custom_roles where name = '{name}'"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task More_than_a_thousand_different_permissions_are_refused_as_a_whole(string method)
    {
        var sent = Enumerable.Range(0, 1001).Select(n => $"type_{n}:read").ToArray();
        var answer = await server.Scenario.Owner.SendAsync(HttpMethod.Parse(method), server.Roles(), new { name = server.Unique("large"), organization_permissions = RolesServer.Permissions(sent) });
        Assert.Equal([("organization_permissions", "A role has at most 1000 permissions.")], Complaints(answer));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Every_bad_permission_is_named(string method)
    {
        var sent = RolesServer.Permissions("foobar:read", "template:read", "workspace:view_insights", "-workspace:read", "workspace:*", "Free text:read", "template:drop table", "foobar:read");
        var answer = await server.Scenario.Owner.SendAsync(HttpMethod.Parse(method), server.Roles(), new { name = server.Unique("bad"), organization_permissions = sent });
        Assert.Equal("Failed to update role permissions", answer["message"]!.GetValue<string>());
        Assert.Equal(
            [
                ("organization_permissions[0].resource_type", "\"foobar\" is no resource type (invalid resource)."),
                ("organization_permissions[2].action", "\"view_insights\" is no action that workspace declares (invalid action)."),
                ("organization_permissions[3].negate", "Custom roles carry no negative permissions."),
                ("organization_permissions[4]", "Custom roles carry no wildcard symbols."),
                ("organization_permissions[5].resource_type", "This is no resource type (invalid resource)."),
                ("organization_permissions[6].action", "This is no action that template declares (invalid action)."),
            ],
            Complaints(answer));
    }

    [Fact]
    public async Task An_organization_has_two_hundred_roles_at_most_however_many_ask_at_once()
    {
        var place = (await server.Scenario.Owner.PostAsync("/organizations", new { name = server.Unique("full") }))["id"]!.GetValue<Guid>();
        await server.Scenario.Server.SqlAsync(
            $"insert into roles.custom_roles (id, organization_id, name, created_at, updated_at) select gen_random_uuid(), '{place}', 'filled-' || n, now(), now() from generate_series(1, 195) n");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => server.Scenario.Owner.PostAsync(server.Roles(place), new { name = $"late-{n}" })));
        Assert.Equal((5, 7), (answers.Count(answer => answer.Code == 200), answers.Count(answer => answer.Code == 400)));
        Assert.Equal(200L, await server.Scenario.Server.SqlAsync($"select count(*) from roles.custom_roles where organization_id = '{place}'"));

        // A name that is taken is told as such, and a role that exists can still be changed.
        Assert.Contains("already exists", (await server.Scenario.Owner.PostAsync(server.Roles(place), new { name = "filled-1" })).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await server.Scenario.Owner.PutAsync(server.Roles(place), new { name = "filled-1", display_name = "Filled" })).Code);
    }

    [Theory]
    [InlineData("a\u001bb")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    public async Task A_display_name_is_one_plain_line(string text)
    {
        var name = await server.MakeRoleAsync("template:read");
        Assert.Equal("display_name", Assert.Single(Complaints(await server.Scenario.Owner.PostAsync(server.Roles(), new { name = server.Unique(), display_name = text }))).Field);
        Assert.Equal("display_name", Assert.Single(Complaints(await server.Scenario.Owner.PutAsync(server.Roles(), new { name, display_name = text }))).Field);
    }

    [Fact]
    public async Task The_length_of_a_display_name_counts_code_points()
    {
        var emoji = string.Concat(Enumerable.Repeat("\U0001F600", 128));
        Assert.Equal(200, (await server.Scenario.Owner.PostAsync(server.Roles(), new { name = server.Unique(), display_name = emoji })).Code);
        Assert.Equal("display_name", Assert.Single(Complaints(await server.Scenario.Owner.PostAsync(server.Roles(), new { name = server.Unique(), display_name = emoji + "x" }))).Field);
    }

    [Fact]
    public async Task A_change_acts_on_another_replica_at_once_whoever_makes_it()
    {
        await using var replica = await MonolithServer.StartOnAsync(server.Scenario.Server.ConnectionString);
        var role = await server.MakeRoleAsync("template:create");
        var (_, person) = await server.AddAsync(server.Here, role);
        using var there = new ApiClient(replica.Address, person.Token);
        Assert.Equal((true, true), (await MayAsync(person), await MayAsync(there)));

        await server.Scenario.Owner.PutAsync(server.Roles(), new { name = role, organization_permissions = RolesServer.Permissions("template:read") });
        Assert.Equal((false, false), (await MayAsync(person), await MayAsync(there)));

        await server.Scenario.Server.SqlAsync(
            $$"""update roles.custom_roles set permissions = '[{"negate":false,"resource_type":"template","action":"create"}]' where name = '{{role}}'""");
        Assert.Equal((true, true), (await MayAsync(person), await MayAsync(there)));
    }

    [Fact]
    public async Task The_token_check_reads_no_permissions_of_roles()
    {
        var (_, person) = await server.AddAsync(server.Here, await server.MakeRoleAsync("template:create"));
        var statements = new ConcurrentDictionary<string, bool>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => statements.TryAdd((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) as string ?? "", true),
        };
        ActivitySource.AddActivityListener(listener);
        Assert.True(await MayAsync(person));
        var statement = Assert.Single(statements.Keys, sql => sql.Contains("secret_hash", StringComparison.Ordinal) && sql.Contains("contracts.custom_roles", StringComparison.Ordinal));
        Assert.DoesNotContain("c.permissions", statement, StringComparison.Ordinal);
    }

    private async Task<bool> MayAsync(ApiClient person) =>
        (await person.PostAsync("/authcheck", new { checks = new { make = new { @object = new { resource_type = "template", organization_id = server.Here }, action = "create" } } }))["make"]!.GetValue<bool>();

    private static List<(string Field, string Detail)> Complaints(ApiAnswer answer)
    {
        Assert.Equal(400, answer.Code);
        return [.. answer["validations"]!.AsArray().Select(one => (one!["field"]!.GetValue<string>(), one["detail"]!.GetValue<string>()))];
    }

    private static string Text(JsonNode? permission) => $"{permission!["resource_type"]}:{permission["action"]}";
}
