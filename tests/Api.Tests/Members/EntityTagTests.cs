using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.3: the tag covers the whole representation; a change of roles compares the roles alone.</summary>
[Collection(UsersGroup.Name)]
public sealed class EntityTagTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task A_client_that_holds_the_answer_is_not_sent_it_again()
    {
        var (name, id, client) = await _s.AddPersonAsync("tag");
        foreach (var path in new[] { $"/users/{id}", $"/users/{name}/roles", $"/organizations/default/members/{id}" })
        {
            var whole = await _s.Owner.GetAsync(path);
            var tag = whole.Headers.ETag!.ToString();
            var again = await _s.Owner.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", $"\"other\", W/{tag}"));
            Assert.Equal((304, "", tag), (again.Code, again.Text, again.Headers.ETag!.ToString()));
            Assert.Equal(200, (await _s.Owner.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "\"other\""))).Code);
        }

        var before = (await _s.Owner.GetAsync($"/users/{id}")).Headers.ETag;
        Assert.Equal(200, (await client.PutAsync("/users/me/profile", new { username = name, name = "Another Name" })).Code);
        var after = await _s.Owner.SendAsync(HttpMethod.Get, $"/users/{id}", null, ("If-None-Match", before!.ToString()));
        Assert.Equal((200, "Another Name"), (after.Code, after.Text("name")));
    }

    [Fact]
    public async Task A_write_answers_with_the_tag_of_the_next_read()
    {
        var (name, id, _) = await _s.AddPersonAsync("tag");
        foreach (var write in new Func<Task<ApiAnswer>>[]
        {
            () => _s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { "auditor" } }),
            () => _s.Owner.PutAsync($"/users/{id}/profile", new { username = name, name = "Third Name" }),
            () => _s.Owner.PutAsync($"/users/{id}/status/suspend"),
        })
            Assert.Equal((await write()).Headers.ETag, (await _s.Owner.GetAsync($"/users/{id}")).Headers.ETag);

        var member = await _s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "organization-auditor" } });
        Assert.Equal(member.Headers.ETag, (await _s.Owner.GetAsync($"/organizations/default/members/{id}")).Headers.ETag);
        var made = UserSteps.Unique("tag");
        var created = await _s.Owner.PostAsync("/users", new { username = made, email = $"{made}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(created.Headers.ETag, (await _s.Owner.GetAsync($"/users/{made}")).Headers.ETag);
    }

    [Theory]
    [InlineData("/users/{0}", "/users/{0}/roles", "auditor")]
    [InlineData("/users/{0}/roles", "/users/{0}/roles", "auditor")]
    [InlineData("/organizations/default/members/{0}", "/organizations/default/members/{0}/roles", "organization-auditor")]
    public async Task Being_seen_and_renamed_is_no_conflict_of_roles(string read, string write, string role)
    {
        var (name, id, client) = await _s.AddPersonAsync("tag");
        var tag = (await _s.Owner.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, read, id))).Headers.ETag!.ToString();
        await client.PutAsync("/users/me/profile", new { username = name, name = "Seen Meanwhile" });
        await _s.Server.SqlAsync($"update members.users set last_seen_at = now() + interval '1 hour' where id = '{id}'");

        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, write, id);
        Assert.Equal(200, (await _s.Owner.PutAsync(path, new { roles = new[] { role } }, ("If-Match", tag))).Code);
        Assert.Equal(412, (await _s.Owner.PutAsync(path, new { roles = Array.Empty<string>() }, ("If-Match", tag))).Code);
    }
}
