using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Roles specification 9.4.</summary>
public sealed class CustomRoleTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private static readonly string[] TemplateActions = ["create", "read", "update", "delete", "view_insights"];

    private static readonly object[] OnePermission = [Permission("workspace", "read")];

    private Scenario Scenario => fixture.Scenario;

    private string Path => $"/organizations/{Scenario.OrganizationId}/members/roles";

    [Fact]
    public async Task ARoleGivesItsPermissionsUntilTheyAreTakenOut()
    {
        var (id, member) = await Scenario.AddAsync("role-holder");
        Assert.False(await MayCreateTemplatesAsync(member));
        await CreateAsync("crafter", [.. TemplateActions.Select(action => Permission("template", action))]);
        Assert.Equal(200, (await AssignAsync(id, "crafter")).Code);
        Assert.True(await MayCreateTemplatesAsync(member));

        var listed = (await Scenario.Owner.GetAsync(Path)).Json!.AsArray().Single(role => role!["name"]!.GetValue<string>() == "crafter")!;
        Assert.Equal((0, 5, 0), (listed["site_permissions"]!.AsArray().Count, listed["organization_permissions"]!.AsArray().Count, listed["user_permissions"]!.AsArray().Count));
        Assert.False(listed["built_in"]!.GetValue<bool>());

        var emptied = await Scenario.Owner.PutAsync(Path, new { name = "crafter", site_permissions = (object?)null, organization_permissions = (object?)null });
        Assert.Equal(200, emptied.Code);
        Assert.False(await MayCreateTemplatesAsync(member));
    }

    [Fact]
    public async Task AStaleTagIsRefused()
    {
        var created = await CreateAsync("tagged", OnePermission);
        var tag = created.Headers.ETag!.ToString();
        var changed = await Scenario.Owner.PutAsync(Path, new { name = "tagged", display_name = "One" }, ("If-Match", tag));
        Assert.Equal(200, changed.Code);
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        Assert.Equal(412, (await Scenario.Owner.PutAsync(Path, new { name = "tagged", display_name = "Two" }, ("If-Match", tag))).Code);
        Assert.Equal(200, (await Scenario.Owner.PutAsync(Path, new { name = "tagged", display_name = "Three" }, ("If-Match", "*"))).Code);
    }

    [Theory]
    [InlineData("Bad_Name", "Validation")]
    [InlineData("owner", "Reserved")]
    [InlineData("new", "")]
    [InlineData("create", "")]
    public async Task ABadNameIsRefused(string name, string fragment)
    {
        var answer = await Scenario.Owner.PostAsync(Path, new { name });
        Assert.Equal(400, answer.Code);
        Assert.Contains(fragment, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyOrganizationPermissionsAreTaken()
    {
        await CreateAsync("narrow", []);
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "wide-a", site_permissions = OnePermission }), "site wide permissions");
        AssertRefused(await Scenario.Owner.PutAsync(Path, new { name = "narrow", user_permissions = OnePermission }), "not allowed to assign user permissions");
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "wide-b", organization_member_permissions = OnePermission }), "not allowed to assign organization member permissions");
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "wide-c", organization_permissions = new[] { Permission("foobar", "read") } }), "invalid resource");
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "wide-d", organization_permissions = new[] { Permission("workspace", "view_insights") } }), "invalid action");
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "wide-e", organization_permissions = new[] { Permission("workspace", "*") } }), "no wildcard symbols");
        AssertRefused(await Scenario.Owner.PostAsync(Path, new { name = "narrow" }), "already exists");
    }

    [Fact]
    public async Task UnknownTargetsAreNotFound()
    {
        Assert.Equal(404, (await Scenario.Owner.DeleteAsync($"{Path}/organization-member")).Code);
        Assert.Equal(404, (await Scenario.Owner.DeleteAsync($"{Path}/nobody")).Code);
        Assert.Equal(404, (await Scenario.Owner.PutAsync(Path, new { name = "nobody" })).Code);
        var answer = await Scenario.Owner.PostAsync("/organizations/0000/members/roles", new { name = "lost" });
        Assert.Equal(404, answer.Code);
        Assert.Contains("Resource not found", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMemberWritesNoRole()
    {
        var (_, member) = await Scenario.AddAsync("role-stranger");
        await CreateAsync("guarded", []);
        Assert.Equal(404, (await member.PostAsync(Path, new { name = "mine" })).Code);
        Assert.Equal(404, (await member.PutAsync(Path, new { name = "guarded" })).Code);
        Assert.Equal(403, (await member.DeleteAsync($"{Path}/guarded")).Code);
    }

    [Fact]
    public async Task DeletionTakesTheRoleAndNothingElse()
    {
        await CreateAsync("fleeting", []);
        var alone = await Scenario.CreateUserAsync("fleeting-a");
        var admin = await Scenario.CreateUserAsync("fleeting-b");
        var both = await Scenario.CreateUserAsync("fleeting-c");
        await AssignAsync(alone, "fleeting");
        await AssignAsync(admin, "fleeting", "organization-admin");
        await AssignAsync(both, "fleeting", "organization-template-admin", "organization-auditor");
        Assert.Equal(204, (await Scenario.Owner.DeleteAsync($"{Path}/fleeting")).Code);
        Assert.Empty(await RolesAsync(alone));
        Assert.Equal(new HashSet<string> { "organization-admin" }, await RolesAsync(admin));
        Assert.Equal(new HashSet<string> { "organization-template-admin", "organization-auditor" }, await RolesAsync(both));
        AssertRefused(await AssignAsync(alone, "fleeting"), "not a supported role");
    }

    [Fact]
    public async Task AnAdminDeletesARoleThatTheyHold()
    {
        var (id, admin) = await Scenario.AddAsync("role-admin");
        await AssignAsync(id, "organization-admin");
        Assert.Equal(200, (await admin.PostAsync(Path, new { name = "own-made" })).Code);
        Assert.Equal(200, (await AssignAsync(id, "organization-admin", "own-made")).Code);
        Assert.Equal(204, (await admin.DeleteAsync($"{Path}/own-made")).Code);
        Assert.DoesNotContain("own-made", (await Scenario.Owner.GetAsync(Path)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await AssignAsync(id)).Code);
    }

    [Fact]
    public async Task AuthCheckAnswersByKey()
    {
        var (id, member) = await Scenario.AddAsync("checker");
        var checks = new Dictionary<string, object>
        {
            ["all-users"] = Check("user", "read"),
            ["myself"] = Check("user", "read", id),
            ["own-workspaces"] = new { @object = new { resource_type = "workspace", owner_id = "me", organization_id = Scenario.OrganizationId }, action = "read" },
            ["all-workspaces"] = Check("workspace", "read"),
            ["unknown"] = Check("rocket", "launch"),
        };
        var mine = await member.PostAsync("/authcheck", new { checks });
        Assert.Equal((200, false, true), (mine.Code, mine["all-users"]!.GetValue<bool>(), mine["myself"]!.GetValue<bool>()));
        Assert.Equal((true, false), (mine["own-workspaces"]!.GetValue<bool>(), mine["all-workspaces"]!.GetValue<bool>()));
        var owners = await Scenario.Owner.PostAsync("/authcheck", new { checks });
        Assert.All(checks.Keys, key => Assert.Equal(key != "unknown", owners[key]!.GetValue<bool>()));
        Assert.Equal(401, (await Scenario.Anonymous().PostAsync("/authcheck", new { checks })).Code);
        Assert.Equal(400, (await Scenario.Owner.PostAsync("/authcheck", "null")).Code);
    }

    private static object Permission(string type, string action) => new { negate = false, resource_type = type, action };

    private static object Check(string type, string action, Guid? owner = null) =>
        new { @object = new { resource_type = type, owner_id = owner?.ToString() ?? "" }, action };

    private static void AssertRefused(ApiAnswer answer, string fragment)
    {
        Assert.Equal(400, answer.Code);
        Assert.Contains(fragment, answer.Text, StringComparison.Ordinal);
    }

    private async Task<ApiAnswer> CreateAsync(string name, object[] permissions)
    {
        var created = await Scenario.Owner.PostAsync(Path, new { name, display_name = name, organization_permissions = permissions });
        Assert.Equal((200, name), (created.Code, created["name"]!.GetValue<string>()));
        return created;
    }

    private Task<ApiAnswer> AssignAsync(Guid user, params string[] roles) =>
        Scenario.Owner.PutAsync($"/organizations/{Scenario.OrganizationId}/members/{user}/roles", new { roles });

    private async Task<HashSet<string>> RolesAsync(Guid user) =>
        [.. (await Scenario.Owner.GetAsync($"/organizations/{Scenario.OrganizationId}/members/{user}"))["roles"]!.AsArray().Select(role => role!["name"]!.GetValue<string>())];

    private async Task<bool> MayCreateTemplatesAsync(ApiClient client)
    {
        var checks = new { make = new { @object = new { resource_type = "template", organization_id = Scenario.OrganizationId }, action = "create" } };
        return (await client.PostAsync("/authcheck", new { checks }))["make"]!.GetValue<bool>();
    }
}
