using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Every row of the table in the roles specification 5.4, in its order, and those of 5.8.</summary>
[Collection(RolesGroup.Name)]
public sealed class CustomRoleCheckTests(RolesServer server)
{
    private const string Taken = "row-taken";

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["1 POST without a session"] = new("nobody", "POST", Name("a"), 401, ""),
        ["1 PUT without a session"] = new("nobody", "PUT", Name("a"), 401, ""),
        ["1 DELETE without a session"] = new("nobody", "DELETE", Taken, 401, ""),
        ["3 unknown organization"] = new("owner", "POST", Name("a"), 404, "Resource not found", Organization: "nowhere"),
        ["3 malformed organization"] = new("owner", "PUT", Name("a"), 404, "Resource not found", Organization: "0000"),
        ["3 hidden organization"] = new("other-admin", "POST", Name("a"), 404, "Resource not found"),
        ["3 before 4"] = new("other-admin", "POST", "{", 404, "Resource not found"),
        ["4 POST no JSON"] = new("owner", "POST", "{", 400, ""),
        ["4 PUT no JSON"] = new("owner", "PUT", "[]", 400, ""),
        ["5 POST bad characters"] = new("owner", "POST", Name("Bad_Name"), 400, "Validation", Field: "name"),
        ["5 PUT bad characters"] = new("owner", "PUT", Name("-a"), 400, "Validation", Field: "name"),
        ["5 too long"] = new("owner", "POST", Name(new string('a', 33)), 400, "Validation", Field: "name"),
        ["5 missing"] = new("owner", "POST", "{}", 400, "Validation", Field: "name"),
        ["5 before 12"] = new("member", "POST", Name("Bad_Name"), 400, "Validation", Field: "name"),
        ["6 POST built-in"] = new("owner", "POST", Name("owner"), 400, "Reserved"),
        ["6 PUT built-in"] = new("owner", "PUT", Name("organization-admin"), 400, "Reserved"),
        ["6 other case"] = new("owner", "POST", Name("Owner"), 400, "Reserved"),
        ["6 retired"] = new("owner", "POST", Name("agents-access"), 400, "Reserved"),
        ["6 POST system"] = new("owner", "POST", Name("organization-member"), 400, "Reserved"),
        ["6 PUT system"] = new("owner", "PUT", Name("organization-service-account"), 400, "Reserved"),
        ["6 before 8"] = new("owner", "POST", Body("owner", site: ["workspace:read"]), 400, "Reserved"),
        ["6 before 12"] = new("member", "POST", Name("owner"), 400, "Reserved"),
        ["8 POST"] = new("owner", "POST", Body("a", site: ["workspace:read"]), 400, "site wide permissions"),
        ["8 PUT"] = new("owner", "PUT", Body(Taken, site: ["workspace:read"]), 400, "site wide permissions"),
        ["8 before 9"] = new("owner", "POST", Body("a", site: ["workspace:read"], user: ["workspace:read"]), 400, "site wide permissions"),
        ["9 POST"] = new("owner", "POST", Body("a", user: ["workspace:read"]), 400, "not allowed to assign user permissions"),
        ["9 PUT"] = new("owner", "PUT", Body(Taken, user: ["workspace:read"]), 400, "not allowed to assign user permissions"),
        ["9 before 10"] = new("owner", "POST", Body("a", user: ["workspace:read"], member: ["workspace:read"]), 400, "not allowed to assign user permissions"),
        ["10 POST"] = new("owner", "POST", Body("a", member: ["workspace:read"]), 400, "not allowed to assign organization member permissions for an organization role"),
        ["10 PUT"] = new("owner", "PUT", Body(Taken, member: ["workspace:read"]), 400, "not allowed to assign organization member permissions for an organization role"),
        ["10 before 12"] = new("member", "POST", Body("a", member: ["workspace:read"]), 400, "not allowed to assign organization member permissions"),
        ["11 PUT refuses what POST refuses"] = new("owner", "PUT", Body(Taken, "foobar:read"), 400, "invalid resource"),
        ["12 POST"] = new("member", "POST", Name("a"), 404, "Resource not found"),
        ["12 PUT"] = new("member", "PUT", Name(Taken), 404, "Resource not found"),
        ["12 POST of somebody who assigns"] = new("organization-user-admin", "POST", Name("a"), 404, "Resource not found"),
        ["12 PUT of somebody who reads"] = new("auditor", "PUT", Name(Taken), 404, "Resource not found"),
        ["12 before 13"] = new("member", "POST", Body("a", "foobar:read"), 404, "Resource not found"),
        ["13 type"] = new("owner", "POST", Body("a", "foobar:read"), 400, "invalid resource"),
        ["13 action"] = new("owner", "POST", Body("a", "workspace:view_insights"), 400, "invalid action"),
        ["13 no permission at all"] = new("owner", "POST", """{"name":"a","organization_permissions":[null]}""", 400, "invalid resource"),
        ["13 of the whole role before 14"] = new("owner", "POST", Body("a", "-workspace:read", "foobar:read"), 400, "invalid resource"),
        ["14 POST"] = new("owner", "POST", Body("a", "-workspace:read"), 400, "no negative permissions"),
        ["14 PUT"] = new("owner", "PUT", Body(Taken, "-workspace:read"), 400, "no negative permissions"),
        ["14 before 15"] = new("owner", "POST", Body("a", "-workspace:*"), 400, "no negative permissions"),
        ["15 action"] = new("owner", "POST", Body("a", "workspace:*"), 400, "no wildcard symbols"),
        ["15 type"] = new("owner", "PUT", Body(Taken, "*:read"), 400, "no wildcard symbols"),
        ["15 before 16"] = new("organization-admin", "POST", Body("a", "workspace:*"), 400, "no wildcard symbols"),
        ["14 to 16 permission by permission"] = new("organization-admin", "POST", Body("a", "workspace:ssh", "-workspace:read"), 400, "not allowed to grant this permission"),
        ["16 POST"] = new("organization-admin", "POST", Body("a", "workspace:ssh"), 400, "not allowed to grant this permission"),
        ["16 PUT"] = new("organization-admin", "PUT", Body(Taken, "workspace:ssh"), 400, "not allowed to grant this permission"),
        ["16 owner"] = new("owner", "POST", Body("a", "user_secret:read"), 400, "not allowed to grant this permission"),
        ["16 before 17"] = new("owner", "POST", Body(Taken, "user_secret:read"), 400, "not allowed to grant this permission"),
        ["17 same name"] = new("owner", "POST", Name(Taken), 400, "already exists"),
        ["17 same name in other letters"] = new("owner", "POST", Name("Row-TAKEN"), 400, "already exists"),
        ["18"] = new("owner", "PUT", Name("row-absent"), 404, "Resource not found"),
        ["5.8 3 unknown"] = new("owner", "DELETE", "row-absent", 404, "No custom role of that name"),
        ["5.8 3 built-in"] = new("owner", "DELETE", "organization-admin", 404, "No custom role of that name"),
        ["5.8 3 system"] = new("owner", "DELETE", "organization-member", 404, "No custom role of that name"),
        ["5.8 3 before 4"] = new("member", "DELETE", "row-absent", 404, "No custom role of that name"),
        ["5.8 4 member"] = new("member", "DELETE", Taken, 403, "permission"),
        ["5.8 4 auditor"] = new("auditor", "DELETE", Taken, 403, "permission"),
        ["5.8 1 hidden organization"] = new("other-admin", "DELETE", Taken, 404, "Resource not found"),
    };

    public static TheoryData<string> RowNames => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(RowNames))]
    public async Task Row_is_refused(string name)
    {
        var row = Rows[name];
        await server.Scenario.Owner.PostAsync(server.Roles(), new { name = Taken });
        var path = $"/organizations/{row.Organization ?? server.Here.ToString()}/members/roles";
        var client = row.Person == "nobody" ? server.Scenario.Anonymous() : server.As(row.Person);
        var answer = row.Method == "DELETE"
            ? await client.DeleteAsync($"{path}/{row.Body}")
            : await client.SendAsync(HttpMethod.Parse(row.Method), path, row.Body);
        Assert.Equal(row.Status, answer.Code);
        Assert.Contains(row.Fragment, answer.Text, StringComparison.Ordinal);
        if (row.Field is not null)
            Assert.Equal(row.Field, Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>());

        var listed = await server.Scenario.Owner.GetAsync(server.Roles());
        Assert.DoesNotContain(listed.Json!.AsArray(), role => role!["name"]!.GetValue<string>() == "a");
        Assert.Empty(listed.Json!.AsArray().Single(role => role!["name"]!.GetValue<string>() == Taken)!["organization_permissions"]!.AsArray());
    }

    [Fact]
    public async Task Row_16_the_scope_of_the_key_limits_what_it_hands_on()
    {
        var (_, admin) = await server.AddAsync(server.Here, "organization-admin");
        await server.Scenario.Server.SqlAsync(
            $"update members.api_keys set scopes = '{{assign_org_role:*,organization:read,workspace:read}}' where id = '{admin.Token!.Split('-')[0]}'");
        Assert.Equal(200, (await admin.SendAsync(HttpMethod.Post, server.Roles(), Body(server.Unique("scoped"), "workspace:read"))).Code);
        var refused = await admin.SendAsync(HttpMethod.Post, server.Roles(), Body(server.Unique("scoped"), "template:read"));
        Assert.Equal(400, refused.Code);
        Assert.Contains("not allowed to grant this permission", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_2_without_the_feature_writes_are_refused_and_reads_go_on()
    {
        await using var strict = await MonolithServer.StartOnAsync(server.Scenario.Server.ConnectionString, ("Entitlements:CommunityFeatures", ""));
        var role = await server.MakeRoleAsync("template:create");
        using var owner = new ApiClient(strict.Address, server.Scenario.Owner.Token);
        ApiAnswer[] refused =
        [
            await owner.PostAsync(server.Roles(), new { name = "a" }),
            await owner.PutAsync(server.Roles(), new { name = role }),
            await owner.DeleteAsync($"{server.Roles()}/{role}"),
            await owner.PostAsync("/organizations/nowhere/members/roles", new { name = "a" }), // 2 comes before 3
        ];
        Assert.All(refused, answer => Assert.Equal((403, true), (answer.Code, answer.Text.Contains("Custom Roles is a Premium feature", StringComparison.Ordinal))));
        Assert.Contains(role, (await owner.GetAsync(server.Roles())).Text, StringComparison.Ordinal);

        // 9.4: the role can still be given, and used.
        var (id, person) = await server.AddAsync(server.Here);
        using var onStrict = new ApiClient(strict.Address, person.Token);
        var check = new { checks = new { make = new { @object = new { resource_type = "template", organization_id = server.Here }, action = "create" } } };
        Assert.False((await onStrict.PostAsync("/authcheck", check))["make"]!.GetValue<bool>());
        Assert.Equal(200, (await owner.PutAsync($"/organizations/{server.Here}/members/{id}/roles", new { roles = new[] { role } })).Code);
        Assert.True((await onStrict.PostAsync("/authcheck", check))["make"]!.GetValue<bool>());
    }

    private static string Name(string name) => Body(name);

    private static string Body(string name, params string[] organization) => Body(name, [], [], [], organization);

    private static string Body(string name, string[]? site = null, string[]? user = null, string[]? member = null, string[]? organization = null) =>
        System.Text.Json.JsonSerializer.Serialize(new
        {
            name,
            site_permissions = RolesServer.Permissions(site ?? []),
            user_permissions = RolesServer.Permissions(user ?? []),
            organization_member_permissions = RolesServer.Permissions(member ?? []),
            organization_permissions = RolesServer.Permissions(organization ?? []),
        });

    private sealed record Row(string Person, string Method, string Body, int Status, string Fragment, string? Field = null, string? Organization = null);
}
