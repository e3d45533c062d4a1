using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract 7.2: the seats of one organization.</summary>
public sealed class OrganizationSeatTests
{
    [Fact]
    public async Task An_organization_tells_its_members_and_holders_beside_the_deployment()
    {
        await using var s = await Scenario.StartAsync();
        var small = (await s.Owner.PostAsync("/organizations", new { name = "small" }))["id"]!.GetValue<Guid>();
        var (inside, outside) = (await s.CreateUserAsync("inside"), await s.CreateUserAsync("outside"));
        await s.CreateUserAsync("nobody");
        Assert.Equal(200, (await s.Owner.PostAsync($"/organizations/{small}/members/{inside}")).Code);
        await SeatProbe.InterceptAsync(s.Owner, SeatProbe.Interception(inside), SeatProbe.Interception(outside));
        Assert.Equal("""{"members":2,"holders":0,"deployment":{"actual":0,"limit":null,"level":"none"}}""", await ReadAsync(s.Owner, small));

        await Licenses.GrantAsync(s.Owner, 2);
        Assert.Equal("""{"members":2,"holders":1,"deployment":{"actual":2,"limit":2,"level":"full"}}""", await ReadAsync(s.Owner, small));
        Assert.Equal("""{"members":4,"holders":2,"deployment":{"actual":2,"limit":2,"level":"full"}}""", await ReadAsync(s.Owner, s.OrganizationId));
        await s.Owner.PutAsync($"/users/{inside}/status/suspend");
        Assert.Equal("""{"members":2,"holders":0,"deployment":{"actual":1,"limit":2,"level":"ok"}}""", await ReadAsync(s.Owner, small));
    }

    [Fact]
    public async Task Whoever_reads_the_members_reads_their_seats_and_nobody_else()
    {
        await using var s = await Scenario.StartAsync();
        await s.Owner.PostAsync("/organizations", new { name = "closed" });
        var (_, member) = await s.AddAsync("member");
        Assert.Equal(200, (await member.GetAsync("/organizations/main/ai-seats/summary")).Code);
        var hidden = await member.GetAsync("/organizations/closed/ai-seats/summary");
        var absent = await member.GetAsync("/organizations/absent/ai-seats/summary");
        Assert.Equal((404, absent.Text), (hidden.Code, hidden.Text));
        using var stranger = new ApiClient(s.Server.Address);
        Assert.Equal(401, (await stranger.GetAsync("/organizations/main/ai-seats/summary")).Code);
    }

    private static async Task<string> ReadAsync(ApiClient client, Guid organization)
    {
        var answer = await client.GetAsync($"/organizations/{organization}/ai-seats/summary");
        Assert.Equal(200, answer.Code);
        return ((JsonObject)answer.Json!).ToJsonString();
    }
}
