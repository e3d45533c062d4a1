using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Members of more than one organization. Numbers in names are the conformance cases of the members specification, 6.1 and 6.2.</summary>
public sealed class SecondOrganizationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_5_7_and_8_a_list_holds_the_members_of_its_organization()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());
        var (one, two) = (await _s.CreateUserAsync(Unique()), await _s.CreateUserAsync(Unique()));
        await AddAsync(first, one, two);
        await AddAsync(second, two);
        Assert.Equal([_s.OwnerId, one, two], await ListAsync(first));
        Assert.Equal([_s.OwnerId, two], await ListAsync(second));

        var system = Guid.CreateVersion7();
        await _s.Server.SqlAsync(
            $"""
            insert into members.users (id, username, username_folded, email, email_folded, status, login_type, is_system, created_at, updated_at)
            values ('{system}', '{Unique()}', '{system}', '', '', 'active', 'none', true, now(), now());
            insert into members.organization_members (organization_id, user_id, sort_name, is_system, created_at, updated_at)
            values ('{first}', '{system}', '{system}', true, now(), now());
            update members.users set github_user_id = 12345 where id = '{two}'
            """);
        Assert.Equal([_s.OwnerId, one, two], await ListAsync(first));
        Assert.Equal([system, _s.OwnerId, one, two], await ListAsync(first, "include_system:true"));
        Assert.Equal([two], await ListAsync(second, "github_user_id:12345"));
    }

    [Fact]
    public async Task Cases_12_14_and_22_an_organization_admin_lists_and_removes_members()
    {
        var organization = await CreateAsync();
        var (adminId, admin) = await _s.AddAsync(Unique());
        var name = Unique();
        var user = await _s.CreateUserAsync(name);
        await AddAsync(organization, adminId, user);
        await GrantAsync(organization, adminId, "organization-admin");
        Assert.Equal([_s.OwnerId, adminId, user], await ListAsync(organization, client: admin));
        Assert.Equal(204, (await admin.DeleteAsync($"/organizations/{organization}/members/{name}")).Code);
        Assert.Equal([_s.OwnerId, adminId], await ListAsync(organization, client: admin));

        // The other membership and the user stay.
        Assert.Equal(200, (await _s.Owner.GetAsync($"/organizations/default/members/{name}")).Code);
    }

    [Fact]
    public async Task Case_16_an_organization_user_admin_adds_somebody_of_another_organization()
    {
        var organization = await CreateAsync();
        var (actorId, actor) = await _s.AddAsync(Unique());
        var name = Unique();
        var user = await _s.CreateUserAsync(name);
        await AddAsync(organization, actorId);
        await GrantAsync(organization, actorId, "organization-user-admin");
        Assert.Equal(200, (await actor.PostAsync($"/organizations/{organization}/members/{name}")).Code);
        Assert.Equal([_s.OwnerId, actorId, user], await ListAsync(organization, client: actor));
        Assert.Equal(new HashSet<Guid> { _s.OrganizationId, organization }, [.. (await _s.Owner.GetAsync($"/users/{name}"))["organization_ids"]!.AsArray().Select(id => id!.GetValue<Guid>())]);
    }

    [Fact]
    public async Task Case_18_an_admin_of_one_organization_is_nobody_in_another()
    {
        var (own, other) = (await CreateAsync(), await CreateAsync());
        var (id, admin) = await _s.AddAsync(Unique());
        await AddAsync(own, id);
        await GrantAsync(own, id, "organization-admin");
        Assert.Equal(404, (await admin.GetAsync($"/organizations/{other}/members")).Code);
        Assert.Equal(404, (await admin.GetAsync($"/organizations/{other}/paginated-members")).Code);
        Assert.Equal(404, (await admin.PostAsync($"/organizations/{other}/members/{id}")).Code);

        // As a plain member of the other they see it, and still write nothing there.
        await AddAsync(other, id);
        var person = await _s.CreateUserAsync(Unique());
        Assert.Equal(200, (await admin.GetAsync($"/organizations/{other}/members")).Code);
        Assert.Equal(404, (await admin.PostAsync($"/organizations/{other}/members/{person}")).Code);
        Assert.Equal(403, (await admin.PutAsync($"/organizations/{other}/members/{_s.OwnerId}/roles", Roles("organization-auditor"))).Code);
        Assert.Equal(404, (await admin.DeleteAsync($"/organizations/{other}/members/{_s.OwnerId}")).Code);
        Assert.Equal(200, (await admin.PostAsync($"/organizations/{own}/members/{person}")).Code);
    }

    [Fact]
    public async Task Case_20_the_owner_adds_a_user_of_another_organization()
    {
        var organization = await CreateAsync();
        var user = await _s.CreateUserAsync(Unique());
        Assert.Equal(200, (await _s.Owner.PostAsync($"/organizations/{organization}/members/{user}")).Code);
        Assert.Equal([_s.OwnerId, user], await ListAsync(organization));
    }

    [Fact]
    public async Task Case_21_removing_an_unknown_name_says_what_would_do()
    {
        var organization = await CreateAsync();
        var (id, admin) = await _s.AddAsync(Unique());
        await AddAsync(organization, id);
        await GrantAsync(organization, id, "organization-admin");
        var answer = await admin.DeleteAsync($"/organizations/{organization}/members/nobody-here");
        Assert.Equal(404, answer.Code);
        Assert.Contains("must be an existing uuid or username", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_23_a_custom_role_shows_its_display_name_and_belongs_to_its_organization()
    {
        var (organization, other) = (await CreateAsync(), await CreateAsync());
        var user = await _s.CreateUserAsync(Unique());
        await AddAsync(organization, user);
        await AddAsync(other, user);
        await _s.Owner.PostAsync($"/organizations/{organization}/members/roles", new { name = "crafter", display_name = "Master Crafter" });
        var set = await _s.Owner.PutAsync($"/organizations/{organization}/members/{user}/roles", Roles("crafter"));
        Assert.Equal(("crafter", "Master Crafter", organization), Role(set["roles"]![0]!));
        var listed = (await _s.Owner.GetAsync($"/organizations/{organization}/members?q=user_id:{user}")).Json![0]!;
        Assert.Equal(("crafter", "Master Crafter", organization), Role(listed["roles"]![0]!));
        var foreign = await _s.Owner.PutAsync($"/organizations/{other}/members/{user}/roles", Roles("crafter"));
        Assert.Equal(400, foreign.Code);
        Assert.Contains("is not a supported role", foreign.Text, StringComparison.Ordinal);
        Assert.Equal("[]", (await _s.Owner.GetAsync($"/organizations/{other}/members/{user}"))["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task Case_31_changing_nothing_needs_the_permission_too()
    {
        var organization = await CreateAsync();
        var (id, member) = await _s.AddAsync(Unique());
        var other = await _s.CreateUserAsync(Unique());
        await AddAsync(organization, id, other);
        Assert.Equal(403, (await member.PutAsync($"/organizations/{organization}/members/{other}/roles", Roles())).Code);
        Assert.Equal(403, (await member.PutAsync($"/organizations/{organization}/members/{other}/roles", Roles(), ("If-Match", "\"stale\""))).Code);
    }

    private static string Unique() => $"two{Interlocked.Increment(ref _serial):d4}";

    private static object Roles(params string[] roles) => new { roles };

    private static (string, string, Guid) Role(JsonNode role) =>
        (role["name"]!.GetValue<string>(), role["display_name"]!.GetValue<string>(), role["organization_id"]!.GetValue<Guid>());

    private async Task<Guid> CreateAsync() => (await _s.Owner.PostAsync("/organizations", new { name = Unique() }))["id"]!.GetValue<Guid>();

    private async Task AddAsync(Guid organization, params Guid[] people) =>
        Assert.Equal(200, (await _s.Owner.PostAsync($"/organizations/{organization}/members", new { user_ids = people })).Code);

    private async Task GrantAsync(Guid organization, Guid user, string role) =>
        Assert.Equal(200, (await _s.Owner.PutAsync($"/organizations/{organization}/members/{user}/roles", Roles(role))).Code);

    private async Task<List<Guid>> ListAsync(Guid organization, string q = "", ApiClient? client = null) =>
        [.. (await (client ?? _s.Owner).GetAsync($"/organizations/{organization}/members?q={q}")).Json!.AsArray().Select(member => member!["user_id"]!.GetValue<Guid>())];
}
