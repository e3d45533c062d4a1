using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>What changes somebody's rights on one replica acts on their next request at the other, however often they were asked there before.</summary>
public sealed class RightsAtOnceTests
{
    private const int Rounds = 100;

    [Fact]
    public async Task Every_change_acts_on_the_next_request_at_the_other_replica()
    {
        await using var s = await Scenario.StartAsync();
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var there = s.On(replica);
        var (id, client) = await s.AddAsync("mia");
        using var mia = new ApiClient(replica.Address, client.Token);

        for (var round = 0; round < Rounds; round++)
        {
            Assert.Equal(403, (await mia.GetAsync("/ai-seats?limit=1")).Code);
            await DoneAsync(s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { "owner" } }));
            Assert.Equal(200, (await mia.GetAsync("/ai-seats?limit=1")).Code);
            await DoneAsync(s.Owner.PutAsync($"/users/{id}/roles", new { roles = Array.Empty<string>() }));
            Assert.Equal(403, (await mia.GetAsync("/ai-seats?limit=1")).Code);

            Assert.False(await MayAsync(mia, "update"));
            await DoneAsync(s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "organization-admin" } }));
            Assert.True(await MayAsync(mia, "update"));
            await DoneAsync(s.Owner.DeleteAsync($"/organizations/default/members/{id}"));
            Assert.False(await MayAsync(mia, "read"));
            await DoneAsync(there.Owner.PostAsync($"/organizations/default/members/{id}"));
            Assert.True(await MayAsync(mia, "read"));

            await DoneAsync(s.Owner.PutAsync($"/users/{id}/status/suspend"));
            Assert.Equal(401, (await mia.GetAsync("/users/me")).Code);
            await DoneAsync(there.Owner.PutAsync($"/users/{id}/status/activate"));
            Assert.Equal(200, (await mia.GetAsync("/users/me")).Code);
        }

        Assert.Equal(200, (await client.PostAsync("/users/logout")).Code);
        Assert.Equal(401, (await mia.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task Every_change_of_a_custom_role_or_of_the_default_roles_acts_on_the_next_request_at_the_other_replica()
    {
        await using var s = await Scenario.StartAsync();
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var there = s.On(replica);
        var (id, client) = await s.AddAsync("mia");
        using var mia = new ApiClient(replica.Address, client.Token);
        var none = Array.Empty<object>();
        var update = new[] { new { resource_type = "organization", action = "update" } };
        await DoneAsync(s.Owner.PostAsync(Roles, new { name = "keeper", organization_permissions = none }));

        for (var round = 0; round < Rounds; round++)
        {
            Assert.False(await MayAsync(mia, "update"));
            await DoneAsync(s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "keeper" } }));
            Assert.False(await MayAsync(mia, "update"));
            await DoneAsync(there.Owner.PutAsync(Roles, new { name = "keeper", organization_permissions = update }));
            Assert.True(await MayAsync(mia, "update"));
            await DoneAsync(s.Owner.PutAsync(Roles, new { name = "keeper", organization_permissions = none }));
            Assert.False(await MayAsync(mia, "update"));
            await DoneAsync(s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = none }));

            await DefaultAsync(s.Owner, "organization-admin");
            Assert.True(await MayAsync(mia, "update"));
            await DefaultAsync(there.Owner, "organization-workspace-access");
            Assert.False(await MayAsync(mia, "update"));
        }

        await DoneAsync(s.Owner.PutAsync(Roles, new { name = "keeper", organization_permissions = update }));
        await DoneAsync(s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "keeper" } }));
        Assert.True(await MayAsync(mia, "update"));
        await DoneAsync(s.Owner.DeleteAsync($"{Roles}/keeper"));
        Assert.False(await MayAsync(mia, "update"));
    }

    private const string Roles = "/organizations/default/members/roles";

    private static Task DefaultAsync(ApiClient owner, string role) =>
        DoneAsync(owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { default_org_member_roles = new[] { role } }));

    /// <summary>Whether somebody may do this to the default organization.</summary>
    private static async Task<bool> MayAsync(ApiClient client, string action)
    {
        var organization = (await client.GetAsync("/organizations/default")) is { Code: 200 } found ? found["id"]!.GetValue<string>() : Guid.Empty.ToString();
        var answer = await client.PostAsync("/authcheck", new { checks = new { may = new { @object = new { resource_type = "organization", organization_id = organization }, action } } });
        return answer["may"]!.GetValue<bool>();
    }

    private static async Task DoneAsync(Task<ApiAnswer> request)
    {
        var answer = await request;
        Assert.True(answer.Code is >= 200 and < 300, $"{answer.Code}: {answer.Text}");
    }
}
