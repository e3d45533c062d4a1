using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Case 11: a retired role name that is still stored with a member, a user and an organization.</summary>
public sealed class RetiredRoleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Retired = "agents-access";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_11_a_retired_name_grants_nothing_is_never_shown_and_goes_with_the_next_update()
    {
        var (id, member) = await _s.AddAsync("veteran");
        await _s.Server.SqlAsync(
            $$"""
            update members.organization_members set roles = '{{{Retired}}}' where user_id = '{{id}}';
            update members.users set site_roles = '{{{Retired}}}' where id = '{{id}}';
            update members.organizations set default_org_member_roles = '{organization-workspace-access,{{Retired}}}' where is_default
            """);
        var path = $"/organizations/default/members/{id}";

        var me = await member.GetAsync("/users/me");
        Assert.Equal((200, "[]"), (me.Code, me["roles"]!.ToJsonString())); // a
        await _s.CreateUserAsync("recruit"); // b
        foreach (var answer in new[]
        {
            await _s.Owner.GetAsync("/organizations/default/members"), // c
            await _s.Owner.GetAsync("/organizations/default/paginated-members"),
            await _s.Owner.GetAsync(path),
            await _s.Owner.GetAsync("/organizations/default"), // d
            await _s.Owner.GetAsync("/organizations"),
            await member.GetAsync("/users/me/organizations"),
            await _s.Owner.GetAsync("/users"),
            await _s.Owner.GetAsync("/organizations/default/members/roles"),
        })
        {
            Assert.Equal(200, answer.Code);
            Assert.DoesNotContain(Retired, answer.Text, StringComparison.Ordinal);
        }

        var saved = await _s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { description = "kept" });
        Assert.Equal((200, "[\"organization-workspace-access\"]"), (saved.Code, saved["default_org_member_roles"]!.ToJsonString()));

        var set = await _s.Owner.PutAsync($"{path}/roles", new { roles = new[] { "organization-auditor" } }); // f
        Assert.Equal(["organization-auditor"], Names(set["roles"]));
        Assert.Equal("{organization-auditor}", await _s.Server.SqlAsync($"select roles::text from members.organization_members where user_id = '{id}'"));
        foreach (var refused in new[]
        {
            await _s.Owner.PutAsync($"{path}/roles", new { roles = new[] { "organization-auditor", Retired } }), // g
            await _s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { Retired } }), // h
            await _s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { default_org_member_roles = new[] { Retired } }), // i
        })
        {
            Assert.Equal(400, refused.Code);
            Assert.Contains("retired", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(["organization-auditor"], Names((await _s.Owner.GetAsync(path))["roles"]));
    }

    private static IEnumerable<string> Names(JsonNode? roles) => roles!.AsArray().Select(role => role!["name"]!.GetValue<string>());
}
