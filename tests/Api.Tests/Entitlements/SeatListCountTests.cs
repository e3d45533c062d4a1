using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>The numbers of the seat filters, for the deployment and for each organization: kept, and right whatever happens at once.</summary>
public sealed class SeatListCountTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task A_first_use_and_a_new_membership_at_the_same_moment_agree()
    {
        var organization = (await Scenario.Owner.PostAsync("/organizations", new { name = "seat-race" }))["id"]!.GetValue<Guid>();
        for (var turn = 0; turn < 12; turn++)
        {
            var user = await Scenario.CreateUserAsync($"joiner-{turn}");
            var answers = await Task.WhenAll(
                SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user)),
                Scenario.Owner.PostAsync($"/organizations/{organization}/members/{user}"));
            Assert.All(answers, answer => Assert.Equal(200, answer.Code));
            Assert.Equal(turn + 1L, await HoldersAsync(organization));
        }
    }

    [Fact]
    public async Task A_removal_and_a_deletion_at_the_same_moment_wait_for_each_other_in_one_order()
    {
        var organization = (await Scenario.Owner.PostAsync("/organizations", new { name = "exit-race" }))["id"]!.GetValue<Guid>();
        for (var turn = 0; turn < 12; turn++)
        {
            var user = await Scenario.CreateUserAsync($"leaver-{turn}");
            await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user));
            await Scenario.Owner.PostAsync($"/organizations/{organization}/members/{user}");
            var answers = await Task.WhenAll(
                Scenario.Owner.DeleteAsync($"/users/{user}"),
                Scenario.Owner.DeleteAsync($"/organizations/{organization}/members/{user}"),
                Scenario.Owner.DeleteAsync($"/organizations/{Scenario.OrganizationId}/members/{user}"));
            Assert.Equal(200, answers[0].Code);
            Assert.All(answers[1..], answer => Assert.Contains(answer.Code, new[] { 204, 404 }));
            Assert.Equal(0L, await HoldersAsync(organization));
        }
    }

    [Fact]
    public async Task Counts_of_the_seat_filters_are_those_of_the_rows()
    {
        var license = await Licenses.GrantAsync(Scenario.Owner, 50);
        var organization = (await Scenario.Owner.PostAsync("/organizations", new { name = "seat-counts" }))["id"]!.GetValue<Guid>();
        foreach (var name in new[] { "counted-a", "counted-b", "counted-c" })
        {
            var user = await Scenario.CreateUserAsync(name);
            await Scenario.Owner.PostAsync($"/organizations/{organization}/members/{user}");
            if (name == "counted-b")
                await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(user));
        }

        foreach (var (list, items) in new[] { ("/users", "users"), ($"/organizations/{organization}/paginated-members", "members"), ("/ai-seats", "seats") })
        {
            foreach (var q in new[] { "", "has-ai-seat:true", "has-ai-seat:false" })
            {
                var all = (await Scenario.Owner.GetAsync($"{list}?limit=0&q={q}"))[items]!.AsArray();
                var first = await Scenario.Owner.GetAsync($"{list}?limit=1&q={q}");
                Assert.Equal(all.Count, first["count"]!.GetValue<int>());
            }
        }

        Assert.Equal(1, (await Scenario.Owner.GetAsync($"/organizations/{organization}/paginated-members?limit=1&q=has-ai-seat:true"))["count"]!.GetValue<int>());
        Assert.Equal(3, (await Scenario.Owner.GetAsync($"/organizations/{organization}/paginated-members?limit=1&q=has-ai-seat:false"))["count"]!.GetValue<int>());
        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    private async Task<long> HoldersAsync(Guid organization) =>
        (long)(await Scenario.Server.SqlAsync($"select coalesce((select holders from contracts.organization_ai_seat_counts where organization_id = '{organization}'), 0)"))!;
}
