using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>Roles specification 9.4.</summary>
[Collection(RolesGroup.Name)]
public sealed class CustomRoleTests(RolesServer server)
{
    private static readonly string[] TemplateActions = ["create", "read", "update", "delete", "view_insights", "use"];

    private static readonly object[] OnePermission = [Permission("workspace", "read")];

    private Scenario Scenario => server.Scenario;

    private string Path => $"/organizations/{Scenario.OrganizationId}/members/roles";

    [Fact]
    public async Task ARoleGivesItsPermissionsUntilTheyAreTakenOut()
    {
        var (id, member) = await Scenario.AddAsync("role-holder");
        Assert.False(await MayCreateTemplatesAsync(member));
        await CreateAsync("crafter", [.. TemplateActions.Select(action => Permission("template", action)), Permission("file", "create")]);
        Assert.Equal(200, (await AssignAsync(id, "crafter")).Code);
        Assert.True(await MayCreateTemplatesAsync(member));

        var listed = (await Scenario.Owner.GetAsync(Path)).Json!.AsArray().Single(role => role!["name"]!.GetValue<string>() == "crafter")!;
        Assert.Equal((0, 7, 0), (listed["site_permissions"]!.AsArray().Count, listed["organization_permissions"]!.AsArray().Count, listed["user_permissions"]!.AsArray().Count));
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

    [Theory]
    [InlineData("new")]
    [InlineData("create")]
    public async Task NamesThatTheDashboardNeedsAreRefused(string name) => Assert.Equal(400, (await Scenario.Owner.PostAsync(Path, new { name })).Code);

    [Fact]
    public async Task AnUpdateReplacesEverythingAndNamesAreStoredInLowerCase()
    {
        var name = server.Unique("Replaced");
        var created = await Scenario.Owner.PostAsync(Path, new { name, display_name = "Before", organization_permissions = OnePermission });
        Assert.Equal((200, name.ToLowerInvariant()), (created.Code, created["name"]!.GetValue<string>()));
        var replaced = await Scenario.Owner.PutAsync(Path, new { name });
        Assert.Equal((200, "", "[]"), (replaced.Code, replaced["display_name"]!.GetValue<string>(), replaced["organization_permissions"]!.ToJsonString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Object, replaced.Json!.GetValueKind());
    }

    [Fact]
    public async Task AnOldRoleWithARetiredNameIsHiddenAndCanBeDeleted()
    {
        await Scenario.Server.SqlAsync(
            $"""
            insert into roles.custom_roles (id, organization_id, name, created_at, updated_at)
            values ('{Guid.CreateVersion7()}', '{Scenario.OrganizationId}', 'agents-access', now(), now())
            """);
        Assert.DoesNotContain("agents-access", (await Scenario.Owner.GetAsync(Path)).Text, StringComparison.Ordinal);
        Assert.Equal(204, (await server.As("organization-admin").DeleteAsync($"{Path}/agents-access")).Code);
        Assert.Equal(404, (await server.As("organization-admin").DeleteAsync($"{Path}/agents-access")).Code);
    }

    [Fact]
    public async Task ARoleThatIsMadeAgainIsHeldByNobody()
    {
        var name = await server.MakeRoleAsync("template:create");
        var (id, member) = await server.AddAsync(server.Here, name);
        Assert.True(await MayCreateTemplatesAsync(member));
        Assert.Equal(204, (await Scenario.Owner.DeleteAsync($"{Path}/{name.ToUpperInvariant()}")).Code);
        await CreateAsync(name, [Permission("template", "create")]);
        Assert.False(await MayCreateTemplatesAsync(member));
        Assert.Empty(await RolesAsync(id));
    }

    [Fact]
    public async Task AChangeActsOnTheNextRequestOfEveryHolderOnEveryReplica()
    {
        await using var replica = await MonolithServer.StartOnAsync(Scenario.Server.ConnectionString);
        using var ownerThere = new ApiClient(replica.Address, Scenario.Owner.Token);
        var name = await server.MakeRoleAsync("template:create");
        var (_, first) = await server.AddAsync(server.Here, name);
        var (_, second) = await server.AddAsync(server.Here, name);
        using var secondThere = new ApiClient(replica.Address, second.Token);
        ApiClient[] holders = [first, second, secondThere];

        await AssertAllAsync(true);
        Assert.Equal(200, (await ownerThere.PutAsync(Path, new { name })).Code);
        await AssertAllAsync(false);
        Assert.Equal(200, (await Scenario.Owner.PutAsync(Path, new { name, organization_permissions = new[] { Permission("template", "create") } })).Code);
        await AssertAllAsync(true);
        Assert.Equal(204, (await ownerThere.DeleteAsync($"{Path}/{name}")).Code);
        await AssertAllAsync(false);

        async Task AssertAllAsync(bool expected)
        {
            foreach (var holder in holders)
                Assert.Equal(expected, await MayCreateTemplatesAsync(holder));
        }
    }

    [Fact]
    public async Task DeletingAndAssigningAtOnceLeavesNoTraceOfTheRoleAndBreaksNothing()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Scenario.CreateUserAsync(server.Unique("racer"))));
        for (var round = 0; round < 12; round++)
        {
            var name = await server.MakeRoleAsync();
            foreach (var person in people)
                Assert.Equal(200, (await AssignAsync(person, name)).Code);
            var deletion = Scenario.Owner.DeleteAsync($"{Path}/{name}");
            var changes = people.Select((person, i) => i % 2 == 0 ? AssignAsync(person) : AssignAsync(person, name, "organization-auditor"));
            var answers = await Task.WhenAll([deletion, .. changes]);
            Assert.Equal(204, answers[0].Code);
            Assert.All(answers.Skip(1), answer => Assert.True(answer.Code is 200 or 400, answer.Text));
            foreach (var person in people)
            {
                Assert.DoesNotContain(name, await RolesAsync(person));
                Assert.Equal(200, (await AssignAsync(person)).Code);
            }
        }
    }

    [Fact]
    public async Task EveryWriteLeavesAnAuditRow()
    {
        var name = server.Unique("audited");
        await Scenario.Owner.PostAsync(Path, new { name });
        await Scenario.Owner.PutAsync(Path, new { name, display_name = "Two" });
        await server.As("member").DeleteAsync($"{Path}/{name}");
        await Scenario.Owner.DeleteAsync($"{Path}/{name}");
        Assert.Equal("create 200, write 200, delete 403, delete 204", await Scenario.Server.SqlAsync(
            $"""
            select string_agg(action || ' ' || status, ', ' order by id)
            from platform.audit_logs
            where resource_type = 'custom_role' and target = '{name}' and organization_id = '{Scenario.OrganizationId}'
            """));
    }

    private static object Permission(string type, string action) => new { negate = false, resource_type = type, action };

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
