using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

public sealed class MaintainedCountTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Kept_counts_follow_additions_removals_and_deletions()
    {
        for (var i = 0; i < 4; i++)
            await Scenario.CreateUserAsync($"kept{i}");
        await Scenario.Owner.DeleteAsync("/organizations/default/members/kept0");
        await Scenario.Owner.DeleteAsync("/users/kept1");
        await Scenario.Owner.PostAsync("/organizations/default/members/kept0");
        Assert.Equal(4L, await Scenario.Server.SqlAsync("select count(*) from members.organization_members"));
        Assert.Equal(4L, await Scenario.Server.SqlAsync("select members from members.organization_counts"));
        Assert.Equal(4L, await Scenario.Server.SqlAsync("select users from members.user_count"));
        foreach (var path in new[] { "/users", "/organizations/default/paginated-members" })
        {
            Assert.Equal(4, (await Scenario.Owner.GetAsync($"{path}?limit=1"))["count"]!.GetValue<int>());
            Assert.Equal(4, (await Scenario.Owner.GetAsync(path))["count"]!.GetValue<int>());
        }
    }
}
