using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

public sealed class SeatLifeTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task FlagsFollowLicenseUseAndStatus()
    {
        var bridge = await Scenario.CreateUserAsync("bridge");
        var tasker = await Scenario.CreateUserAsync("tasker");
        var idle = await Scenario.CreateUserAsync("idle");
        var license = await Licenses.GrantAsync(Scenario.Owner, 10);
        await SeatProbe.AssertTotalAsync(Scenario, 0);

        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(bridge)), 1, 0);
        await SeatProbe.AssertTotalAsync(Scenario, 1);

        // Neither a stop nor a start without a task is evidence.
        var workspace = Guid.CreateVersion7();
        SeatProbe.AssertCounts(await SeatProbe.BuildAsync(Scenario, tasker, "stop", workspace: workspace), 1, 0);
        SeatProbe.AssertCounts(await SeatProbe.BuildAsync(Scenario, tasker, task: false, workspace: workspace), 1, 0);
        await SeatProbe.AssertSeatAsync(Scenario, tasker, false);
        SeatProbe.AssertCounts(await SeatProbe.BuildAsync(Scenario, tasker, workspace: workspace), 1, 0);
        await AssertSeatsAsync(idle, false, bridge, tasker, true);
        await SeatProbe.AssertTotalAsync(Scenario, 2);

        // Deleting the workspace takes nothing away.
        SeatProbe.AssertCounts(await SeatProbe.BuildAsync(Scenario, tasker, "delete", task: false, workspace: workspace), 1, 0);
        await SeatProbe.AssertTotalAsync(Scenario, 2);

        Assert.Equal(200, (await Scenario.Owner.DeleteAsync($"/licenses/{license}")).Code);
        await AssertSeatsAsync(idle, false, bridge, tasker, false);
        await SeatProbe.AssertTotalAsync(Scenario, 0);
        await Licenses.GrantAsync(Scenario.Owner, 10);
        await AssertSeatsAsync(idle, false, bridge, tasker, true);

        Assert.Equal(200, (await Scenario.Owner.PutAsync($"/users/{bridge}/status/suspend")).Code);
        await SeatProbe.AssertSeatAsync(Scenario, bridge, false);
        await SeatProbe.AssertTotalAsync(Scenario, 1);
        Assert.Equal(200, (await Scenario.Owner.PutAsync($"/users/{bridge}/status/activate")).Code);
        await SeatProbe.AssertSeatAsync(Scenario, bridge, true);
        await SeatProbe.AssertTotalAsync(Scenario, 2);

        await AServiceAccountCounts();

        var deleted = await Scenario.Owner.DeleteAsync($"/users/{bridge}");
        Assert.Equal(200, deleted.Code);
        await SeatProbe.AssertTotalAsync(Scenario, 2);
        var gone = await Scenario.Owner.GetAsync($"/users/{bridge}");
        Assert.Equal((200, false), (gone.Code, gone["has_ai_seat"]!.GetValue<bool>()));
    }

    private async Task AssertSeatsAsync(Guid idle, bool idleSeat, Guid first, Guid second, bool seats)
    {
        await SeatProbe.AssertSeatAsync(Scenario, idle, idleSeat);
        await SeatProbe.AssertSeatAsync(Scenario, first, seats);
        await SeatProbe.AssertSeatAsync(Scenario, second, seats);
    }

    private async Task AServiceAccountCounts()
    {
        var created = await Scenario.Owner.PostAsync("/users", new { username = "robot", service_account = true, user_status = "active", organization_ids = new[] { Scenario.OrganizationId } });
        Assert.Equal(201, created.Code);
        var robot = created["id"]!.GetValue<Guid>();
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, SeatProbe.Interception(robot)), 1, 0);
        await SeatProbe.AssertSeatAsync(Scenario, robot, true);
        await SeatProbe.AssertTotalAsync(Scenario, 3);
        Assert.Equal(1, (await Scenario.Owner.GetAsync("/ai-seats/summary"))["service_accounts"]!.GetValue<int>());
    }
}
