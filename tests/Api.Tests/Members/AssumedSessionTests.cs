using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>A session that was just used is assumed to be what it was, and asked for with the first statement. Whatever changed meanwhile, at another replica or in the database, acts on that very request.</summary>
[Collection(UsersGroup.Name)]
public sealed class AssumedSessionTests(ServerFixture server)
{
    /// <summary>A page, one row, what is answered from memory, a refusal, bad input, and a whole list.</summary>
    private static readonly string[] Reads =
        ["/organizations/default/paginated-members?limit=5", "/users/me", "/users/roles", "/ai-seats", "/users?limit=-1", "/users?format=csv", "/organizations/default/members", "/no-such-route"];

    private Scenario Here => server.Scenario;

    public static TheoryData<string> Endings => [.. Ends.Keys];

    private static Dictionary<string, (Func<Scenario, Guid, string, Task> Happen, string Says)> Ends => new()
    {
        ["the key is deleted"] = (async (s, id, key) => await DoneAsync(s.Owner.DeleteAsync($"/users/{id}/keys/{key}")), "signed out"),
        ["the key ends"] = ((s, _, key) => s.Server.SqlAsync($"update members.api_keys set expires_at = now() - interval '1 second' where id = '{key}'"), "API key expired"),
        ["the secret is another one"] = ((s, _, key) => s.Server.SqlAsync($"update members.api_keys set secret_hash = sha256('other') where id = '{key}'"), "signed out"),
        ["suspension"] = (async (s, id, _) => await DoneAsync(s.Owner.PutAsync($"/users/{id}/status/suspend")), "Contact an admin"),
        ["deletion"] = (async (s, id, _) => await DoneAsync(s.Owner.DeleteAsync($"/users/{id}")), "signed out"),
    };

    [Theory, MemberData(nameof(Endings))]
    public async Task A_session_that_has_ended_reads_nothing_more(string ending)
    {
        await using var replica = await MonolithServer.StartOnAsync(Here.Server.ConnectionString);
        foreach (var read in Reads)
        {
            var (id, client) = await Here.AddAsync($"ends-{Guid.CreateVersion7():N}"[..20]);
            using var there = new ApiClient(replica.Address, client.Token);
            var before = await there.GetAsync(read);
            Assert.Equal(before.Code, (await there.GetAsync(read)).Code);
            Assert.NotEqual(401, before.Code);
            await Ends[ending].Happen(Here, id, client.Token![..10]);

            var after = await there.GetAsync(read);
            Assert.Equal((read, read == "/no-such-route" ? 404 : 401), (read, after.Code));
            if (after.Code == 401)
                Assert.Contains(Ends[ending].Says, after.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_organization_that_was_renamed_or_deleted_is_so_at_once()
    {
        await using var replica = await MonolithServer.StartOnAsync(Here.Server.ConnectionString);
        var there = Here.On(replica);
        var id = (await Here.Owner.PostAsync("/organizations", new { name = "assumed-a" }))["id"]!.GetValue<string>();
        for (var round = 0; round < 20; round++)
        {
            var (old, name) = round % 2 == 0 ? ("assumed-a", "assumed-b") : ("assumed-b", "assumed-a");
            Assert.Equal((200, 404), ((await there.Owner.GetAsync($"/organizations/{old}/paginated-members")).Code, (await there.Owner.GetAsync($"/organizations/{name}/paginated-members")).Code));
            await DoneAsync(Here.Owner.SendAsync(HttpMethod.Patch, $"/organizations/{id}", new { name, display_name = $"Round {round}" }));
            Assert.Equal((404, 200), ((await there.Owner.GetAsync($"/organizations/{old}/paginated-members")).Code, (await there.Owner.GetAsync($"/organizations/{name}/paginated-members")).Code));
            Assert.Equal($"Round {round}", (await there.Owner.GetAsync($"/organizations/{id}"))["display_name"]!.GetValue<string>());
        }

        await DoneAsync(Here.Owner.DeleteAsync($"/organizations/{id}"));
        Assert.Equal(404, (await there.Owner.GetAsync("/organizations/assumed-a/paginated-members")).Code);
        Assert.Equal(404, (await there.Owner.GetAsync($"/organizations/{id}")).Code);
    }

    [Fact]
    public async Task What_a_role_of_an_organization_allows_changes_at_once_and_so_does_who_holds_it()
    {
        await using var replica = await MonolithServer.StartOnAsync(Here.Server.ConnectionString);
        var (id, client) = await Here.AddAsync("assumed-mia");
        using var mia = new ApiClient(replica.Address, client.Token);
        const string audit = "/organizations/default/members/roles";
        for (var round = 0; round < 20; round++)
        {
            Assert.False(await AssignsAsync(mia));
            await DoneAsync(Here.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "organization-admin" } }));
            Assert.True(await AssignsAsync(mia));
            await DoneAsync(Here.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = Array.Empty<string>() }));
        }

        Assert.False(await AssignsAsync(mia));

        static async Task<bool> AssignsAsync(ApiClient client) =>
            (await client.GetAsync(audit)).Json is JsonArray roles && roles.Any(role => role!["assignable"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Somebody_who_became_dormant_is_awake_after_a_read()
    {
        var (id, client) = await Here.AddAsync("assumed-sleeper");
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        await Here.Server.SqlAsync($"update members.users set status = 'dormant' where id = '{id}'");
        Assert.Equal("active", (await client.GetAsync("/users/me"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Everybody_at_once_reads_as_oneself()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n => (Name: $"assumed-{n}", await Here.AddAsync($"assumed-{n}"))));
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async n =>
        {
            var (name, (_, client)) = people[n % people.Length];
            return (name, (await client.GetAsync("/users/me"))["username"]!.GetValue<string>());
        }));
        Assert.All(answers, answer => Assert.Equal(answer.Item1, answer.Item2));
    }

    private static async Task DoneAsync(Task<ApiAnswer> request)
    {
        var answer = await request;
        Assert.True(answer.Code is >= 200 and < 300, $"{answer.Code}: {answer.Text}");
    }
}
