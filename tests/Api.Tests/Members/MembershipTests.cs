using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.</summary>
public sealed class MembershipTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Members = "/organizations/default/members";
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_1_adding_a_member_again_is_400()
    {
        var name = Unique();
        await _s.CreateUserAsync(name);
        var answer = await _s.Owner.PostAsync($"{Members}/{name}");
        Assert.Equal(400, answer.Code);
        Assert.Contains("already an organization member", answer["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_2_a_member_is_found_by_organization_name_and_username()
    {
        var name = Unique();
        var id = await _s.CreateUserAsync(name);
        var answer = await _s.Owner.GetAsync($"/organizations/MAIN/members/{name.ToUpperInvariant()}");
        Assert.Equal(200, answer.Code);
        Assert.Equal(id, answer["user_id"]!.GetValue<Guid>());
        Assert.False(answer["has_ai_seat"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Case_3_me_is_the_caller() =>
        Assert.Equal(_s.OwnerId, (await _s.Owner.GetAsync($"{Members}/me"))["user_id"]!.GetValue<Guid>());

    [Fact]
    public async Task Cases_4_and_35_a_member_is_removed_and_added_again()
    {
        var name = Unique();
        var id = await _s.CreateUserAsync(name);
        var removed = await _s.Owner.DeleteAsync($"{Members}/{name}");
        Assert.Equal(204, removed.Code);
        Assert.Equal("", removed.Text);
        Assert.Equal(404, (await _s.Owner.GetAsync($"{Members}/{name}")).Code);
        var added = await _s.Owner.PostAsync($"{Members}/{id}");
        Assert.Equal(200, added.Code);
        Assert.Equal("[]", added["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task Case_6_the_list_filters_by_user_id()
    {
        var id = await _s.CreateUserAsync(Unique());
        var answer = await _s.Owner.GetAsync($"{Members}?q=user_id:{id}");
        Assert.Equal([id], answer.Json!.AsArray().Select(member => member!["user_id"]!.GetValue<Guid>()));
    }

    [Fact]
    public async Task Cases_17_and_5_7_an_unknown_user_is_404_and_says_what_would_do()
    {
        var answer = await _s.Owner.PostAsync($"{Members}/{Guid.CreateVersion7()}");
        Assert.Equal(404, answer.Code);
        Assert.Contains("must be an existing uuid or username", answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_24_nobody_removes_themself()
    {
        var answer = await _s.Owner.DeleteAsync($"{Members}/me");
        Assert.Equal(400, answer.Code);
        Assert.Contains("cannot remove self", answer["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_25_nobody_changes_their_own_roles() =>
        Assert.Equal(400, (await _s.Owner.PutAsync($"{Members}/me/roles", new { roles = new[] { "organization-admin" } })).Code);

    [Fact]
    public async Task A_plain_member_sees_all_members_but_changes_nothing()
    {
        var (_, member) = await _s.AddAsync(Unique());
        var other = Unique();
        await _s.CreateUserAsync(other);
        var list = (await member.GetAsync(Members)).Json!.AsArray();
        Assert.Contains(list, row => row!["username"]!.GetValue<string>() == other);
        Assert.Equal(200, (await member.GetAsync("/organizations/default/paginated-members?limit=1")).Code);
        Assert.Equal(404, (await member.DeleteAsync($"{Members}/{other}")).Code);
        Assert.Equal(403, (await member.PutAsync($"{Members}/{other}/roles", new { roles = new[] { "organization-admin" } })).Code);
    }

    [Fact]
    public async Task Case_28_the_matrix_refuses_what_an_organization_user_admin_may_not_grant()
    {
        var (id, admin) = await _s.AddAsync(Unique());
        var target = await _s.CreateUserAsync(Unique());
        Assert.Equal(200, (await _s.Owner.PutAsync($"{Members}/{id}/roles", new { roles = new[] { "organization-user-admin" } })).Code);
        var refused = await admin.PutAsync($"{Members}/{target}/roles", new { roles = new[] { "organization-admin" } });
        Assert.Equal(400, refused.Code);
        Assert.Contains("not authorized to assign role", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-role", "is not a supported role")]
    [InlineData("organization-admin:7c60d51f-b44e-4682-87d6-449835ea4de6", "")]
    [InlineData("owner", "is not a supported role")]
    [InlineData("agents-access", "retired")]
    public async Task Cases_29_and_30_bad_role_names_are_400(string role, string text)
    {
        var target = await _s.CreateUserAsync(Unique());
        var answer = await _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles = new[] { role } });
        Assert.Equal(400, answer.Code);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_34_duplicates_collapse_and_the_set_is_replaced()
    {
        var target = await _s.CreateUserAsync(Unique());
        var answer = await _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles = new[] { "organization-auditor", "organization-auditor" } });
        Assert.Equal(["organization-auditor"], Names(answer["roles"]));
        answer = await _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles = Array.Empty<string>() });
        Assert.Empty(Names(answer["roles"]));
    }

    [Theory]
    [InlineData("foo", "q")]
    [InlineData("bar:1", "bar")]
    public async Task Cases_36_and_37_bad_member_queries_name_their_key(string q, string field)
    {
        var answer = await _s.Owner.GetAsync($"{Members}?q={q}");
        Assert.Equal(400, answer.Code);
        Assert.Equal(field, answer["validations"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Case_38_all_bad_page_parameters_are_named_at_once()
    {
        var answer = await _s.Owner.GetAsync("/organizations/default/paginated-members?limit=-1&offset=x&after_id=x");
        Assert.Equal(400, answer.Code);
        Assert.Equal(["limit", "offset", "after_id"], answer["validations"]!.AsArray().Select(v => v!["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Two_role_changes_with_the_same_etag_one_wins_and_the_other_sees_412()
    {
        var target = await _s.CreateUserAsync(Unique());
        var tag = (await _s.Owner.GetAsync($"{Members}/{target}")).Headers.ETag!.ToString();
        var first = await _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles = new[] { "organization-auditor" } }, ("If-Match", tag));
        var second = await _s.Owner.PutAsync($"{Members}/{target}/roles", new { roles = new[] { "organization-admin" } }, ("If-Match", tag));
        Assert.Equal([200, 412], [first.Code, second.Code]);
        Assert.NotEqual(tag, first.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Twenty_concurrent_additions_of_one_member_give_one_200_and_nineteen_400()
    {
        var target = await _s.CreateUserAsync(Unique());
        await _s.Owner.DeleteAsync($"{Members}/{target}");
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await _s.Owner.PostAsync($"{Members}/{target}")).Code));
        Assert.Equal(1, codes.Count(code => code == 200));
        Assert.Equal(19, codes.Count(code => code == 400));
    }

    private static string Unique() => $"member{Interlocked.Increment(ref _serial)}";

    private static IEnumerable<string> Names(JsonNode? roles) => roles!.AsArray().Select(role => role!["name"]!.GetValue<string>());
}
