namespace Monolith.Api.Tests.Roles;

/// <summary>Every row of the tables in the roles specification 6.1 and 6.2, and the rules of 6.3, on both routes.</summary>
[Collection(RolesGroup.Name)]
public sealed class RoleChangeTests(RolesServer server)
{
    private static readonly Dictionary<string, Row> Rows = new()
    {
        // 6.1: site roles
        ["6.1 1 unknown user"] = new("site", "owner", "nobody", "", 404, "must be an existing uuid or username"),
        ["6.1 1 hidden user"] = new("site", "member", "target", "", 404, "must be an existing uuid or username"),
        ["6.1 3 oneself"] = new("site", "owner", "me", "auditor", 400, "You cannot change your own roles"),
        ["6.1 3 oneself by id"] = new("site", "owner", "self", "auditor", 400, "You cannot change your own roles"),
        ["6.1 3 before 5"] = new("site", "member", "me", "owner", 400, "You cannot change your own roles"),
        ["6.1 4 no JSON"] = new("site", "owner", "target", null, 400, ""),
        ["6.1 5 no permission"] = new("site", "auditor", "target", "auditor", 403, ""),
        ["6.1 5 organization admin"] = new("site", "organization-admin", "target", "auditor", 403, ""),
        ["6.1 5 table"] = new("site", "user-admin", "target", "owner", 400, "not authorized to assign role"),
        ["6.1 5 table, removing"] = new("site", "user-admin", "target", "", 400, "not authorized to assign role", Stored: "template-admin"),
        ["6.1 5 keeping what one may not assign"] = new("site", "user-admin", "target", "template-admin", 200, "template-admin", Stored: "template-admin"),
        ["6.1 success"] = new("site", "owner", "target", "auditor user-admin", 200, "\"has_ai_seat\""),

        // 6.2: organization roles
        ["6.2 1 unknown user"] = new("org", "owner", "nobody", "", 404, "must be an existing uuid or username"),
        ["6.2 1 no member"] = new("org", "owner", "other-admin", "", 404, "must be an existing uuid or username"),
        ["6.2 1 hidden organization"] = new("org", "other-admin", "target", "", 404, "Resource not found"),
        ["6.2 3 oneself"] = new("org", "organization-admin", "me", "", 400, "You cannot change your own organization roles"),
        ["6.2 3 oneself, owner"] = new("org", "owner", "me", "organization-admin", 400, "You cannot change your own organization roles"),
        ["6.2 4 no JSON"] = new("org", "owner", "target", null, 400, ""),
        ["6.2 5 no permission"] = new("org", "member", "target", "organization-auditor", 403, ""),
        ["6.2 5 table"] = new("org", "organization-user-admin", "target", "organization-admin", 400, "not authorized to assign role"),
        ["6.2 5 table, removing"] = new("org", "organization-user-admin", "target", "", 400, "not authorized to assign role", Stored: "organization-auditor"),
        ["6.2 5 custom role"] = new("org", "user-admin", "target", "{custom}", 400, "not authorized to assign role"),
        ["6.2 success"] = new("org", "organization-admin", "target", "{custom} organization-auditor", 200, "Organization Auditor"),

        // 6.3
        ["6.3 1 suffix"] = new("org", "owner", "target", "organization-admin:0198c0de-0000-7000-8000-000000000000", 400, "suffix"),
        ["6.3 2 site, unknown"] = new("site", "owner", "target", "nonsense", 400, "is not a supported role"),
        ["6.3 2 org, unknown"] = new("org", "owner", "target", "nonsense", 400, "is not a supported role"),
        ["6.3 2 site, organization role"] = new("site", "owner", "target", "organization-admin", 400, "is not a supported role"),
        ["6.3 2 org, site role"] = new("org", "owner", "target", "owner", 400, "is not a supported role"),
        ["6.3 2 site, custom role"] = new("site", "owner", "target", "{custom}", 400, "is not a supported role"),
        ["6.3 2 org, custom role in upper case"] = new("org", "owner", "target", "{CUSTOM}", 400, "is not a supported role"),
        ["6.3 2 site, dangling"] = new("site", "owner", "target", "auditor", 400, "is not a supported role", Stored: "gone"),
        ["6.3 2 org, dangling"] = new("org", "owner", "target", "", 400, "is not a supported role", Stored: "gone"),
        ["6.3 2 site, retired"] = new("site", "owner", "target", "agents-access", 400, "retired"),
        ["6.3 2 org, retired"] = new("org", "owner", "target", "agents-access", 400, "retired"),
        ["6.3 2 site, stored retired one goes away"] = new("site", "owner", "target", "auditor", 200, "auditor", Stored: "agents-access"),
        ["6.3 2 org, stored retired one goes away"] = new("org", "owner", "target", "", 200, "\"roles\":[]", Stored: "agents-access"),
        ["6.3 2 before 3"] = new("org", "member", "target", "nonsense", 400, "is not a supported role"),
        ["6.3 3 site, changing nothing"] = new("site", "auditor", "target", "", 403, ""),
        ["6.3 3 org, changing nothing"] = new("org", "member", "target", "organization-auditor", 403, "", Stored: "organization-auditor"),
        ["6.3 3 before 4"] = new("site", "template-admin", "target", "owner", 403, ""),
        ["6.3 4 service account role"] = new("site", "owner", "target", "organization-service-account", 400, "is not a supported role"),
        ["6.3 duplicates"] = new("site", "owner", "target", "auditor auditor", 200, "auditor"),
        ["6.3 empty"] = new("site", "owner", "target", "", 200, "\"roles\":[]", Stored: "auditor"),
        ["6.3 null is empty"] = new("org", "owner", "target", "null", 200, "\"roles\":[]", Stored: "organization-auditor"),
        ["6.3 missing"] = new("org", "owner", "target", "missing", 400, "roles"),
        ["6.3 implied site name"] = new("site", "user-admin", "target", "member", 200, "\"roles\":[]"),
        ["6.3 implied organization name"] = new("org", "organization-user-admin", "target", "organization-member", 200, "\"roles\":[]"),
    };

    public static TheoryData<string> RowNames => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(RowNames))]
    public async Task Row_answers(string name)
    {
        var row = Rows[name];
        var custom = row.Roles?.Contains("custom", StringComparison.OrdinalIgnoreCase) == true ? await server.MakeRoleAsync() : "";
        var target = await server.Scenario.CreateUserAsync(server.Unique("target"));
        await StoreAsync(row, target);
        var path = row.Route == "site" ? $"/users/{{0}}/roles" : $"/organizations/{server.Here}/members/{{0}}/roles";
        var user = row.Target switch { "target" => target.ToString(), "self" => server.IdOf(row.Person).ToString(), "other-admin" => server.IdOf("other-admin").ToString(), var text => text };
        var answer = await server.As(row.Person).PutAsync(path.Replace("{0}", user, StringComparison.Ordinal), Body(row.Roles, custom));
        Assert.Equal(row.Status, answer.Code);
        Assert.Contains(row.Fragment, answer.Text, StringComparison.Ordinal);

        var stored = await StoredAsync(row, target);
        var wanted = Names(row.Roles, custom).Except(["member", "organization-member"]).Distinct();
        Assert.Equal(row.Status == 200 ? wanted.Order(StringComparer.Ordinal) : Names(row.Stored, ""), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Row_6_1_1_hidden_and_absent_are_the_same_bytes()
    {
        var target = await server.Scenario.CreateUserAsync(server.Unique("target"));
        var hidden = await server.As("member").PutAsync($"/users/{target}/roles", new { roles = Array.Empty<string>() });
        var absent = await server.As("member").PutAsync($"/users/{Guid.CreateVersion7()}/roles", new { roles = Array.Empty<string>() });
        Assert.Equal((404, absent.Text), (hidden.Code, hidden.Text));
    }

    [Fact]
    public async Task The_permission_comes_before_the_tag()
    {
        var target = await server.Scenario.CreateUserAsync(server.Unique("target"));
        foreach (var path in new[] { $"/users/{target}/roles", $"/organizations/{server.Here}/members/{target}/roles" })
        {
            Assert.Equal(403, (await server.As("auditor").PutAsync(path, new { roles = Array.Empty<string>() }, ("If-Match", "\"stale\""))).Code);
            Assert.Equal(412, (await server.As("owner").PutAsync(path, new { roles = Array.Empty<string>() }, ("If-Match", "\"stale\""))).Code);
            Assert.Equal(200, (await server.As("owner").PutAsync(path, new { roles = Array.Empty<string>() }, ("If-Match", "*"))).Code);
        }
    }

    private static object Body(string? roles, string custom) => roles switch
    {
        null => "{",
        "missing" => "{}",
        "null" => """{"roles":null}""",
        _ => new { roles = Names(roles, custom) },
    };

    private static string[] Names(string? roles, string custom) => roles is null or "null" or "missing"
        ? []
        : [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(role => role.Replace("{custom}", custom, StringComparison.Ordinal).Replace("{CUSTOM}", custom.ToUpperInvariant(), StringComparison.Ordinal))];

    // By statement: no route would store a name that is gone or retired.
    private Task<object?> StoreAsync(Row row, Guid target) => server.Scenario.Server.SqlAsync(row.Route == "site"
        ? $"update members.users set site_roles = '{{{row.Stored}}}' where id = '{target}'"
        : $"update members.organization_members set roles = '{{{row.Stored}}}' where user_id = '{target}'");

    private async Task<string[]> StoredAsync(Row row, Guid target) => (string[])(await server.Scenario.Server.SqlAsync(row.Route == "site"
        ? $"select site_roles from members.users where id = '{target}'"
        : $"select roles from members.organization_members where user_id = '{target}'"))!;

    private sealed record Row(string Route, string Person, string Target, string? Roles, int Status, string Fragment, string Stored = "");
}
