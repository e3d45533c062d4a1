using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Adding several members at once: members specification 1.5, contract sections 2 and 6.</summary>
public sealed class BatchAddTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Everybody_is_added_in_the_order_of_the_request_and_repeated_ids_count_once()
    {
        var organization = await CreateAsync();
        var people = await PeopleAsync(3);
        var answer = await AddAsync(organization, [people[2], people[0], people[2], people[1]]);
        Assert.Equal(200, answer.Code);
        var members = answer.Json!.AsArray();
        Assert.Equal([people[2], people[0], people[1]], members.Select(member => member!["user_id"]!.GetValue<Guid>()));
        Assert.All(members, member => Assert.Equal(("[]", organization), (member!["roles"]!.ToJsonString(), member["organization_id"]!.GetValue<Guid>())));
        Assert.Equal(4, await CountAsync(organization));
        var stored = await _s.Owner.GetAsync($"/organizations/{organization}/members/{people[1]}");
        Assert.Equal(members[2]!["created_at"]!.GetValue<string>(), stored["created_at"]!.GetValue<string>());
        Assert.Equal(3L, await _s.Server.SqlAsync(
            $"select count(distinct target) from platform.audit_logs where organization_id = '{organization}' and action = 'create' and resource_type = 'organization_member' and after is not null"));
    }

    [Fact]
    public async Task One_member_among_them_stops_all_and_is_named()
    {
        var organization = await CreateAsync();
        var people = await PeopleAsync(3);
        await AddAsync(organization, [people[1]]);
        var answer = await AddAsync(organization, people);
        Assert.Equal(400, answer.Code);
        Assert.Contains("already organization members", answer["message"]!.GetValue<string>(), StringComparison.Ordinal);
        var named = Assert.Single(answer["validations"]!.AsArray())!;
        Assert.Equal("user_ids", named["field"]!.GetValue<string>());
        Assert.Contains(people[1].ToString(), named["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync(organization));
    }

    [Fact]
    public async Task Somebody_absent_or_deleted_among_them_is_403_and_stops_all()
    {
        var organization = await CreateAsync();
        var people = await PeopleAsync(2);
        var absent = await AddAsync(organization, [people[0], Guid.CreateVersion7()]);
        await _s.Owner.DeleteAsync($"/users/{people[1]}");
        var deleted = await AddAsync(organization, people);
        Assert.Equal((403, 403), (absent.Code, deleted.Code));
        Assert.Equal(absent.Text, deleted.Text);
        Assert.Equal(1, await CountAsync(organization));
    }

    [Fact]
    public async Task Case_19_a_custom_role_that_cannot_read_users_adds_nobody_and_learns_nothing()
    {
        var organization = await CreateAsync();
        var (id, adder) = await _s.AddAsync(Unique());
        object[] permissions =
        [
            Permission("organization_member", "create"), Permission("organization_member", "read"), Permission("assign_org_role", "assign"), Permission("organization", "read"),
        ];
        Assert.Equal(200, (await _s.Owner.PostAsync($"/organizations/{organization}/members/roles", new { name = "adder", organization_permissions = permissions })).Code);
        await AddAsync(organization, [id]);
        await _s.Owner.PutAsync($"/organizations/{organization}/members/{id}/roles", new { roles = new[] { "adder" } });
        var person = (await PeopleAsync(1))[0];
        var hidden = await AddAsync(organization, [person], adder);
        var absent = await AddAsync(organization, [Guid.CreateVersion7()], adder);
        Assert.Equal(403, hidden.Code);
        Assert.Equal(hidden.Text, absent.Text);
        Assert.Equal(2, await CountAsync(organization));
    }

    [Fact]
    public async Task Without_the_permission_readable_targets_are_403_and_a_foreign_organization_is_404()
    {
        var organization = await CreateAsync();
        var (id, member) = await _s.AddAsync(Unique());
        Assert.Equal(404, (await AddAsync(organization, [id], member)).Code);
        await AddAsync(organization, [id]);
        Assert.Equal(403, (await AddAsync(organization, [id], member)).Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"user_ids":null}""")]
    [InlineData("""{"user_ids":[]}""")]
    [InlineData("""{"user_ids":["nobody"]}""")]
    [InlineData("""{"user_ids":[null]}""")]
    [InlineData("101")]
    public async Task From_1_to_100_ids_are_taken(string body)
    {
        if (body == "101")
            body = new JsonObject { ["user_ids"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => JsonValue.Create(_s.OwnerId))]) }.ToJsonString();
        var answer = await _s.Owner.PostAsync("/organizations/default/members", body);
        Assert.Equal(400, answer.Code);
        Assert.StartsWith("user_ids", answer["validations"]![0]!["field"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_batches_with_the_same_people_at_once_one_wins()
    {
        var people = await PeopleAsync(4);
        for (var round = 0; round < 5; round++)
        {
            var organization = await CreateAsync();
            var answers = await Task.WhenAll(AddAsync(organization, people), AddAsync(organization, [.. Enumerable.Reverse(people)]));
            Assert.Equal([200, 400], answers.Select(answer => answer.Code).Order());
            Assert.Equal(5, await CountAsync(organization));
        }
    }

    [Fact]
    public async Task Nobody_joins_an_organization_while_it_is_deleted()
    {
        var people = await PeopleAsync(1);
        for (var round = 0; round < 10; round++)
        {
            var organization = await CreateAsync();
            var answers = await Task.WhenAll(AddAsync(organization, people), _s.Owner.DeleteAsync($"/organizations/{organization}"));
            Assert.Contains((answers[0].Code, answers[1].Code), new[] { (200, 409), (403, 200), (404, 200) });
        }

        Assert.Equal(0L, await _s.Server.SqlAsync(
            "select count(*) from members.organization_members m join members.organizations o on o.id = m.organization_id where o.deleted"));
    }

    private static string Unique() => $"batch{Interlocked.Increment(ref _serial)}";

    private static object Permission(string type, string action) => new { negate = false, resource_type = type, action };

    private async Task<Guid> CreateAsync() => (await _s.Owner.PostAsync("/organizations", new { name = Unique() }))["id"]!.GetValue<Guid>();

    private async Task<List<Guid>> PeopleAsync(int count)
    {
        var people = new List<Guid>();
        for (var i = 0; i < count; i++)
            people.Add(await _s.CreateUserAsync(Unique()));
        return people;
    }

    private Task<ApiAnswer> AddAsync(Guid organization, IReadOnlyList<Guid> people, ApiClient? client = null) =>
        (client ?? _s.Owner).PostAsync($"/organizations/{organization}/members", new { user_ids = people });

    private async Task<int> CountAsync(Guid organization) =>
        (await _s.Owner.GetAsync($"/organizations/{organization}/paginated-members"))["count"]!.GetValue<int>();
}
