using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5.</summary>
[Collection(UsersGroup.Name)]
public sealed class ProfileTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_83_an_unknown_user_is_404() =>
        Assert.Equal(404, (await _s.Owner.PutAsync($"/users/{Guid.CreateVersion7()}/profile", new { username = "any" })).Code);

    [Fact]
    public async Task Case_84_a_taken_username_is_409_in_any_case()
    {
        var (taken, _, _) = await _s.AddPersonAsync("profile");
        var (name, id, _) = await _s.AddPersonAsync("profile");
        var answer = await _s.Owner.PutAsync($"/users/{name}/profile", new { username = taken.ToUpperInvariant() });
        Assert.Equal((409, "username"), (answer.Code, answer.Field()));
        Assert.Equal(1, await _s.AuditedAsync(id, "write", 409));
    }

    [Fact]
    public async Task Cases_85_and_88_an_owner_changes_usernames_and_the_lists_follow()
    {
        var (name, id, _) = await _s.AddPersonAsync("profile");
        var renamed = UserSteps.Unique("Renamed");
        var answer = await _s.Owner.PutAsync($"/users/{name}/profile", new { username = renamed, name = "Another Name" });
        Assert.Equal((200, renamed, "Another Name"), (answer.Code, answer.Text("username"), answer.Text("name")));
        Assert.Equal(1, await _s.AuditedAsync(id, "write", 200));
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{name}")).Code);
        var page = await _s.Owner.GetAsync($"/organizations/default/paginated-members?q={renamed.ToUpperInvariant()}");
        Assert.Equal(renamed, Assert.Single(page["members"]!.AsArray())!["username"]!.GetValue<string>());
        Assert.Equal(200, (await _s.Owner.PutAsync($"/users/{id}/profile", new { username = renamed.ToLowerInvariant(), name = "" })).Code);
    }

    [Fact]
    public async Task Cases_86_and_87_a_member_changes_the_own_name_and_not_the_username()
    {
        var (name, id, member) = await _s.AddPersonAsync("profile");
        var answer = await member.PutAsync("/users/me/profile", new { username = name, name = "New Name" });
        Assert.Equal((200, "New Name"), (answer.Code, answer.Text("name")));
        Assert.Equal(1, await _s.AuditedAsync(id, "write", 200));
        var refused = await member.PutAsync("/users/me/profile", new { username = UserSteps.Unique("other") });
        Assert.Equal(404, refused.Code);
        Assert.Equal(404, (await member.PutAsync("/users/me/profile", new { username = name.ToUpperInvariant() })).Code);
        Assert.Equal("New Name", (await member.GetAsync("/users/me")).Text("name"));
    }

    [Theory]
    [InlineData("username", "two words", null)]
    [InlineData("username", "new", null)]
    [InlineData("username", null, null)]
    [InlineData("name", "fine", " leading")]
    [InlineData("name", "fine", "trailing ")]
    public async Task Case_89_a_bad_profile_is_400(string field, string? username, string? name)
    {
        var answer = await _s.Owner.PutAsync("/users/me/profile", new { username, name });
        Assert.Equal((400, field), (answer.Code, answer.Field()));
    }

    [Fact]
    public async Task An_auditor_reads_a_user_and_does_not_change_one()
    {
        var (name, _, _) = await _s.AddPersonAsync("profile");
        var (_, _, auditor) = await _s.AddPersonAsync("profile", "auditor");
        Assert.Equal(200, (await auditor.GetAsync($"/users/{name}")).Code);
        Assert.Equal(404, (await auditor.PutAsync($"/users/{name}/profile", new { username = name, name = "x" })).Code);
    }

    [Fact]
    public async Task Twenty_users_want_one_name_and_one_gets_it()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _s.CreateUserAsync(UserSteps.Unique("racer"))));
        var wanted = UserSteps.Unique("wanted");
        var codes = await Task.WhenAll(ids.Select(async id => (await _s.Owner.PutAsync($"/users/{id}/profile", new { username = wanted })).Code));
        Assert.Equal((1, 19), (codes.Count(code => code == 200), codes.Count(code => code == 409)));
    }
}
