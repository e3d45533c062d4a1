using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.6.</summary>
public sealed class OrganizationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_108_and_109_the_creator_belongs_to_what_they_create_and_only_the_first_is_default()
    {
        var created = new List<Guid>();
        for (var i = 0; i < 3; i++)
            created.Add(Id(await CreateAsync(Unique())));
        var own = (await _s.Owner.GetAsync("/users/me/organizations")).Json!.AsArray();
        var all = (await _s.Owner.GetAsync("/organizations")).Json!.AsArray();
        Assert.Equal(Ids(own).Order(), Ids(all).Order());
        Assert.Empty(created.Except(Ids(own)));
        Assert.Equal(_s.OrganizationId, Assert.Single(all, one => one!["is_default"]!.GetValue<bool>())!["id"]!.GetValue<Guid>());
        var membership = await _s.Owner.GetAsync($"/organizations/{created[0]}/members/me");
        Assert.Equal((200, "[]"), (membership.Code, membership["roles"]!.ToJsonString()));
        Assert.Equal(1, await MembersAsync(created[0]));
    }

    [Fact]
    public async Task Case_110_an_organization_is_found_below_a_user_when_it_is_readable()
    {
        var name = Unique();
        var id = Id(await CreateAsync(name));
        var (_, member) = await _s.AddAsync(Unique());
        Assert.Equal(404, (await member.GetAsync($"/users/me/organizations/{name}")).Code);
        Assert.Equal(200, (await member.GetAsync("/users/me/organizations/default")).Code);
        Assert.Equal(id, Id(await _s.Owner.GetAsync($"/users/me/organizations/{name.ToUpperInvariant()}")));
        Assert.Equal(404, (await member.GetAsync("/users/owner/organizations/default")).Code);
        Assert.DoesNotContain(id, Ids((await member.GetAsync("/organizations")).Json!.AsArray()));
    }

    [Fact]
    public async Task Cases_111_to_113_an_empty_organization_is_deleted_by_id_and_by_name_and_the_default_is_not()
    {
        var refused = await _s.Owner.DeleteAsync("/organizations/default");
        Assert.Equal(400, refused.Code);
        var (byId, byName) = (Unique(), Unique());
        var id = Id(await CreateAsync(byId));
        await CreateAsync(byName);
        foreach (var reference in new[] { id.ToString(), byName })
        {
            var deleted = await _s.Owner.DeleteAsync($"/organizations/{reference}");
            Assert.Equal(200, deleted.Code);
            Assert.NotEmpty(deleted["message"]!.GetValue<string>());
            Assert.Equal(404, (await _s.Owner.GetAsync($"/organizations/{reference}")).Code);
            Assert.Equal(404, (await _s.Owner.GetAsync($"/organizations/{reference}/members/me")).Code);
        }

        Assert.Equal(0L, await _s.Server.SqlAsync($"select members from members.organization_counts where organization_id = '{id}'"));
        Assert.Equal(0L, await _s.Server.SqlAsync($"select count(*) from members.organization_members where organization_id = '{id}'"));
        Assert.DoesNotContain(id, Ids((await _s.Owner.GetAsync("/users/me/organizations")).Json!.AsArray()));
        Assert.Equal(201, (await _s.Owner.PostAsync("/organizations", new { name = byId })).Code);
    }

    [Fact]
    public async Task An_organization_with_people_or_workspaces_is_not_deleted_and_the_detail_counts_them()
    {
        var id = Id(await CreateAsync(Unique()));
        var people = new List<Guid> { await _s.CreateUserAsync(Unique()), await _s.CreateUserAsync(Unique()) };
        await _s.Owner.PostAsync($"/organizations/{id}/members", new { user_ids = people });
        Assert.Equal((409, "It still has 2 other members."), await DeleteAsync(id));
        await ReportBuildAsync(id, "start");
        Assert.Equal((409, "It still has 2 other members and 1 workspace."), await DeleteAsync(id));
        foreach (var person in people)
            Assert.Equal(204, (await _s.Owner.DeleteAsync($"/organizations/{id}/members/{person}")).Code);
        Assert.Equal((409, "It still has 1 workspace."), await DeleteAsync(id));
        await ReportBuildAsync(id, "delete");
        Assert.Equal((200, null), await DeleteAsync(id));
    }

    [Fact]
    public async Task Who_may_write()
    {
        var id = Id(await CreateAsync(Unique()));
        var (memberId, member) = await _s.AddAsync(Unique());
        Assert.Equal(403, (await member.PostAsync("/organizations", new { name = Unique() })).Code);
        Assert.Equal(404, (await member.DeleteAsync($"/organizations/{id}")).Code);
        await _s.Owner.PostAsync($"/organizations/{id}/members/{memberId}");
        Assert.Equal(403, (await member.DeleteAsync($"/organizations/{id}")).Code);
        Assert.Equal(404, (await PatchAsync(id, new { description = "mine" }, member)).Code);
        await _s.Owner.PutAsync($"/organizations/{id}/members/{memberId}/roles", new { roles = new[] { "organization-admin" } });
        Assert.Equal(200, (await PatchAsync(id, new { description = "mine" }, member)).Code);
    }

    [Fact]
    public async Task Cases_114_to_116_bad_and_taken_names()
    {
        var (taken, other) = (Unique(), Unique());
        await CreateAsync(taken);
        var id = Id(await CreateAsync(other));
        var conflict = await PatchAsync(id, new { name = taken.ToUpperInvariant() });
        Assert.Equal((409, "name"), (conflict.Code, conflict["validations"]![0]!["field"]!.GetValue<string>()));
        foreach (var name in new[] { "default", "DEFAULT", "with a blank", "new", "-x", new string('x', 33) })
        {
            foreach (var answer in new[] { await PatchAsync(id, new { name }), await _s.Owner.PostAsync("/organizations", new { name }) })
                Assert.Equal((400, "name"), (answer.Code, answer["validations"]![0]!["field"]!.GetValue<string>()));
        }

        Assert.Equal(200, (await PatchAsync(id, new { name = other.ToUpperInvariant() })).Code);
    }

    [Fact]
    public async Task Cases_117_to_120_each_value_is_changed_alone()
    {
        var name = Unique();
        var id = Id(await CreateAsync(name, "Shown", "About", "/emojis/1f48e.png"));
        var renamed = Unique();
        Assert.Equal((renamed, "Shown", "About"), Texts(await PatchAsync(id, new { name = renamed })));
        Assert.Equal((name, "Shown", "About"), Texts(await _s.Owner.SendAsync(HttpMethod.Patch, $"/organizations/{renamed}", new { name })));
        Assert.Equal((name, "Other", "About"), Texts(await PatchAsync(id, new { display_name = "Other" })));
        Assert.Equal((name, "Other", "Changed"), Texts(await PatchAsync(id, new { name = "", display_name = "", description = "Changed" })));
        var icon = await PatchAsync(id, new { icon = "", description = "" });
        Assert.Equal((name, "Other", ""), Texts(icon));
        Assert.Equal("", icon["icon"]!.GetValue<string>());
        Assert.Equal(icon.Json!.ToJsonString(), (await _s.Owner.GetAsync($"/organizations/{id}")).Json!.ToJsonString());
    }

    [Fact]
    public async Task Cases_126_to_129_creating()
    {
        var name = Unique();
        var created = await _s.Owner.PostAsync("/organizations", new { name, display_name = "Shown", description = "About", icon = "/i.png" });
        Assert.Equal(201, created.Code);
        Assert.Equal((name, "Shown", "About"), Texts(created));
        Assert.Equal(("/i.png", false, "[\"organization-workspace-access\"]"), (created["icon"]!.GetValue<string>(), created["is_default"]!.GetValue<bool>(), created["default_org_member_roles"]!.ToJsonString()));
        var again = await _s.Owner.PostAsync("/organizations", new { name = name.ToUpperInvariant() });
        Assert.Equal((409, "name"), (again.Code, again["validations"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(400, (await _s.Owner.PostAsync("/organizations", new { })).Code);
        Assert.Equal(400, (await _s.Owner.PostAsync("/organizations", new { name = Unique(), display_name = " x" })).Code);
        var plain = Unique();
        Assert.Equal((plain, plain, ""), Texts(await CreateAsync(plain)));
    }

    [Fact]
    public async Task Twenty_concurrent_creations_of_one_organization_give_one_201_and_nineteen_409()
    {
        var name = Unique();
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await _s.Owner.PostAsync("/organizations", new { name })).Code));
        Assert.Equal((1, 19), (codes.Count(code => code == 201), codes.Count(code => code == 409)));
    }

    [Fact]
    public async Task Renaming_two_organizations_to_one_name_at_once_gives_one_200_and_one_409()
    {
        for (var round = 0; round < 5; round++)
        {
            var (first, second, name) = (Id(await CreateAsync(Unique())), Id(await CreateAsync(Unique())), Unique());
            var answers = await Task.WhenAll(PatchAsync(first, new { name }), PatchAsync(second, new { name }));
            Assert.Equal([200, 409], answers.Select(answer => answer.Code).Order());
        }
    }

    [Fact]
    public async Task Section_4_6_every_write_leaves_an_audit_row_with_the_organization()
    {
        var id = Id(await CreateAsync(Unique()));
        await PatchAsync(id, new { description = "about" });
        await _s.Owner.DeleteAsync("/organizations/default");
        await _s.Owner.DeleteAsync($"/organizations/{id}");
        var rows = await _s.Server.SqlAsync(
            $"""
            select string_agg(concat_ws(' ', action, status, before ->> 'description', after ->> 'description'), ', ' order by id)
            from platform.audit_logs
            where resource_type = 'organization' and resource_id = '{id}' and organization_id = '{id}' and actor_id = '{_s.OwnerId}'
            """);
        Assert.Equal("create 201 , write 200  about, delete 200 about", rows);
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_id = '{_s.OrganizationId}' and action = 'delete' and status = 400"));
    }

    private static string Unique() => $"org{Interlocked.Increment(ref _serial)}";

    private static Guid Id(ApiAnswer answer) => answer["id"]!.GetValue<Guid>();

    private static IEnumerable<Guid> Ids(JsonArray organizations) => organizations.Select(one => one!["id"]!.GetValue<Guid>());

    private static (string Name, string DisplayName, string Description) Texts(ApiAnswer answer) =>
        (answer["name"]!.GetValue<string>(), answer["display_name"]!.GetValue<string>(), answer["description"]!.GetValue<string>());

    private async Task<ApiAnswer> CreateAsync(string name, string? display_name = null, string? description = null, string? icon = null)
    {
        var answer = await _s.Owner.PostAsync("/organizations", new { name, display_name, description, icon });
        Assert.Equal(201, answer.Code);
        return answer;
    }

    private Task<ApiAnswer> PatchAsync(Guid id, object body, ApiClient? client = null) =>
        (client ?? _s.Owner).SendAsync(HttpMethod.Patch, $"/organizations/{id}", body);

    private async Task<(int Code, string? Detail)> DeleteAsync(Guid id)
    {
        var answer = await _s.Owner.DeleteAsync($"/organizations/{id}");
        return (answer.Code, answer["detail"]?.GetValue<string>());
    }

    private async Task<int> MembersAsync(Guid id) => (await _s.Owner.GetAsync($"/organizations/{id}/paginated-members"))["count"]!.GetValue<int>();

    private async Task ReportBuildAsync(Guid organization, string transition)
    {
        var answer = await _s.Owner.PostAsync("/ai-usage/workspace-builds", new
        {
            builds = new[]
            {
                new
                {
                    id = Guid.CreateVersion7(),
                    workspace_id = organization, // one workspace an organization: any uuid does
                    workspace_name = "box",
                    owner_id = _s.OwnerId,
                    organization_id = organization,
                    build_number = transition == "start" ? 1 : 2,
                    transition,
                    has_ai_task = false,
                    created_at = "2026-01-01T00:00:00Z",
                },
            },
        });
        Assert.Equal(1, answer["accepted"]!.GetValue<int>());
    }
}
