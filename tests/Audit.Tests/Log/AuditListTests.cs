using System.Text.Json.Nodes;

namespace Monolith.Audit.Tests.Log;

/// <summary>The log over HTTP: its shape, its filters, its pages.</summary>
[Collection(AuditGroup.Name)]
public sealed class AuditListTests(AuditServer server)
{
    private Monolith.Testing.Scenario S => server.Scenario;

    [Fact]
    public async Task A_row_tells_who_did_what_in_the_shape_of_the_contract()
    {
        var name = AuditServer.Unique("ann");
        var id = await S.CreateUserAsync(name);
        var row = Assert.Single(await S.Owner.LogsAsync($"resource_type:user resource_id:{id}"));
        Assert.Equal(
            "action additional_fields description diff id ip is_deleted organization_id request_id resource_icon resource_id resource_link resource_target resource_type status_code time user user_agent",
            string.Join(' ', row.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(("create", "user", name, 201), (row.Text("action"), row.Text("resource_type"), row.Text("resource_target"), row["status_code"]!.GetValue<int>()));
        Assert.Equal($"owner created the user {name}", row.Text("description"));
        Assert.Equal($"/users?filter={name}", row.Text("resource_link"));
        Assert.Equal("owner", row["user"]!.Text("username"));
        Assert.Equal("owner@example.com", row["user"]!.Text("email"));
        Assert.Equal("owner", row["user"]!["roles"]![0]!.Text("name"));
        Assert.Equal($$"""{"old":"","new":"{{name}}","secret":false}""", row["diff"]!["username"]!.ToJsonString());
        Assert.Equal(row.ToJsonString(), Assert.Single(await S.Owner.LogsAsync($"request_id:{row.Text("request_id")}")).ToJsonString());
    }

    [Fact]
    public async Task A_change_tells_what_changed_and_what_is_gone_is_marked()
    {
        var name = AuditServer.Unique("ben");
        var id = await S.CreateUserAsync(name);
        await S.Owner.PutAsync($"/users/{id}/profile", new { username = name, name = "Benjamin" });
        await S.Owner.DeleteAsync($"/users/{id}");
        var rows = await S.Owner.LogsAsync($"resource_id:{id}");
        Assert.Equal(["delete", "write", "create"], rows.Select(row => row.Text("action")));
        Assert.Equal("{\"name\":{\"old\":\"User " + name + "\",\"new\":\"Benjamin\",\"secret\":false}}", rows[1]["diff"]!.ToJsonString());
        Assert.Equal($"owner changed the full name of the user {name}", rows[1].Text("description"));
        Assert.Equal("", rows[0]["diff"]!["username"]!.Text("new"));
        Assert.All(rows, row => Assert.True(row["is_deleted"]!.GetValue<bool>()));
        Assert.All(rows, row => Assert.Equal("", row.Text("resource_link")));
    }

    [Fact]
    public async Task A_secret_is_told_to_have_changed_and_never_shown()
    {
        var name = AuditServer.Unique("cem");
        var (id, client) = await S.AddAsync(name);
        var token = (await client.PostAsync("/users/me/keys/tokens", new { token_name = "ci" }))["key"]?.GetValue<string>();
        Assert.NotNull(token);
        await S.Owner.PutAsync($"/users/{id}/password", new { password = "Other-Horse-9-Battery" });
        var change = (await S.Owner.LogsAsync($"resource_id:{id} action:write")).Find(row => row["diff"]!["hashed_password"] is not null);
        Assert.Equal("""{"hashed_password":{"old":"","new":"","secret":true}}""", change!["diff"]!.ToJsonString());
        Assert.Equal($"owner changed the password of the user {name}", change.Text("description"));
        var (_, everything) = await server.FileAsync("/audit", "application/x-ndjson");
        Assert.Contains(name, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Horse-9", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('-')[1], everything, StringComparison.Ordinal);
        Assert.DoesNotContain(await S.Server.SqlAsync($"select password_hash from members.users where id = '{id}'") as string ?? "?", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_filter_keeps_what_it_says()
    {
        var name = AuditServer.Unique("dan");
        var (id, client) = await S.AddAsync(name);
        await client.PostAsync("/organizations", new { name = "not-allowed" });
        await client.PostAsync("/users/logout");
        Assert.Equal(["logout", "login"], (await S.Owner.LogsAsync($"username:{name} resource_type:api_key")).Select(row => row.Text("action")));
        Assert.Equal("logout", Assert.Single(await S.Owner.LogsAsync($"email:{name}@example.com action:logout")).Text("action"));
        Assert.All(await S.Owner.LogsAsync($"username:{name} result:success"), row => Assert.True(row["status_code"]!.GetValue<int>() < 400));
        Assert.NotEmpty(await S.Owner.LogsAsync($"resource_target:{name}"));
        await S.Owner.DeleteAsync($"/organizations/default/members/{id}");
        var left = Assert.Single(await S.Owner.LogsAsync($"organization:default resource_target:{name}"));
        Assert.Equal($"owner removed {name} from the organization {left["organization"]!.Text("name")}", left.Text("description"));
        Assert.Empty(await S.Owner.LogsAsync($"username:{AuditServer.Unique("nobody")}"));
        var day = (await S.Owner.LogsAsync($"resource_id:{id}"))[0].Text("time")[..10];
        Assert.NotEmpty(await S.Owner.LogsAsync($"resource_id:{id} date_from:{day} date_to:{day}"));
        Assert.Empty(await S.Owner.LogsAsync($"resource_id:{id} date_from:2999-01-01"));
        Assert.Empty(await S.Owner.LogsAsync($"resource_id:{id} date_to:2001-01-01"));
        foreach (var (q, field) in new[] { ("action:dance", "action"), ("resource_id:7", "resource_id"), ("date_from:soon", "date_from"), ("organization:nowhere", "organization"), ("colour:red", "colour"), ("word", "q") })
            Assert.Equal((400, field), (await S.Owner.GetAsync($"/audit?q={q}") is var bad ? bad.Code : 0, bad["validations"]![0]!.Text("field")));
    }

    [Fact]
    public async Task Pages_by_offset_and_by_cursor_are_the_same_and_the_count_is_that_of_all()
    {
        var name = AuditServer.Unique("eva");
        var id = await S.CreateUserAsync(name);
        for (var i = 0; i < 6; i++)
            await S.Owner.PutAsync($"/users/{id}/profile", new { username = name, name = $"Eva {i}" });
        var all = await S.Owner.LogsAsync($"resource_id:{id}");
        Assert.Equal(7, all.Count);
        var byOffset = await S.Owner.LogsAsync($"resource_id:{id}", "&limit=3&offset=3");
        var byCursor = await S.Owner.LogsAsync($"resource_id:{id}", $"&limit=3&after_id={all[2].Text("id")}");
        Assert.Equal(all.Skip(3).Take(3).Select(row => row.Text("id")), byOffset.Select(row => row.Text("id")));
        Assert.Equal(byOffset.Select(row => row.Text("id")), byCursor.Select(row => row.Text("id")));
        Assert.Equal(7, await S.Owner.CountAsync($"resource_id:{id}"));
        Assert.Empty(await S.Owner.LogsAsync("", $"&after_id={Guid.CreateVersion7()}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("resource_type:user")]
    [InlineData("resource_type:user action:create")]
    [InlineData("result:failure")]
    [InlineData("organization:default")]
    public async Task A_kept_count_is_what_counting_would_find_before_and_after_the_seal(string q)
    {
        await S.CreateUserAsync(AuditServer.Unique("fay"));
        await S.Owner.PostAsync("/organizations", new { name = "default" });
        await AssertCountAsync(q);
        await S.SealedAsync();
        await AssertCountAsync(q);
    }

    [Fact]
    public async Task It_is_a_file_of_every_row_as_csv_and_in_lines()
    {
        var id = await S.CreateUserAsync(AuditServer.Unique("gus"));
        var (csvType, csv) = await server.FileAsync($"/audit?q=resource_id:{id}&limit=0", "text/csv");
        Assert.Equal("text/csv", csvType);
        Assert.Equal(2, csv.TrimEnd().Split('\n').Length);
        Assert.StartsWith("id,time,user_id,username,action,", csv, StringComparison.Ordinal);
        var (type, lines) = await server.FileAsync($"/audit?q=resource_id:{id}", "application/x-ndjson");
        Assert.Equal("application/x-ndjson", type);
        var row = JsonNode.Parse(Assert.Single(lines.TrimEnd('\n').Split('\n')))!;
        Assert.Equal(Assert.Single(await S.Owner.LogsAsync($"resource_id:{id}")).ToJsonString(), row.ToJsonString());
    }

    // Sums of refusals are written beside the requests: a count is compared when none came in between.
    private async Task AssertCountAsync(string q)
    {
        var (before, kept, after) = (-1L, 0L, 0L);
        while (before != after)
            (before, kept, after) = (await CountedAsync(q), await S.Owner.CountAsync(q), await CountedAsync(q));
        Assert.Equal(before, kept);
    }

    // Counting walks through the pages.
    private async Task<long> CountedAsync(string q)
    {
        var (counted, after) = (0L, "");
        while (await S.Owner.LogsAsync(q, $"&limit=500{after}") is { Count: > 0 } page)
            (counted, after) = (counted + page.Count, $"&after_id={page[^1].Text("id")}");
        return counted;
    }
}
