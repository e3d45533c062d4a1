using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The pagination suite: ten users, five with a full name <c>before…</c>, four <c>after…</c>; cases 40 to 46 on both lists.</summary>
public sealed class PaginationTests : IAsyncLifetime
{
    private Scenario _s = null!;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartAsync();
        foreach (var (group, n) in Enumerable.Range(0, 5).Select(i => ("before", i)).Concat(Enumerable.Range(0, 4).Select(i => ("after", i))))
        {
            await _s.Owner.PostAsync("/users", new
            {
                username = $"{group}{n}",
                email = $"{group}{n}@example.com",
                name = $"{group}{n}",
                password = Scenario.Password,
                organization_ids = new[] { _s.OrganizationId },
            });
        }
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Theory]
    [InlineData("/users", "users", "id")]
    [InlineData("/organizations/default/paginated-members", "members", "user_id")]
    public async Task Cases_40_to_46(string path, string list, string id)
    {
        var all = await PageAsync(path, list, "");
        Assert.Equal((10, 10), (all.Rows.Count, all.Count));
        Assert.Equal(all.Rows.Select(Username).Order(StringComparer.Ordinal), all.Rows.Select(Username));
        Assert.Equal((1, 10), Size(await PageAsync(path, list, "?limit=1")));
        Assert.Equal((9, 10), Size(await PageAsync(path, list, "?offset=1")));
        var second = await PageAsync(path, list, "?limit=1&offset=1");
        Assert.Equal((1, 10), Size(second));
        Assert.Equal(Username(all.Rows[1]), Username(second.Rows[0]));
        Assert.Equal((0, 0), Size(await PageAsync(path, list, "?offset=11")));
        var after = await PageAsync(path, list, $"?after_id={all.Rows[5]![id]}");
        Assert.Equal((4, 4), Size(after));
        Assert.Equal(all.Rows.Skip(6).Select(Username), after.Rows.Select(Username));
        Assert.Equal((2, 4), Size(await PageAsync(path, list, $"?limit=2&after_id={all.Rows[5]![id]}")));
        Assert.Equal((0, 0), Size(await PageAsync(path, list, $"?after_id={Guid.CreateVersion7()}")));
        var named = await PageAsync(path, list, "?q=name:after&limit=1&offset=1");
        Assert.Equal((1, 4), Size(named));
        Assert.Contains("after", named.Rows[0]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_counts_follow_additions_removals_deletions_and_renames()
    {
        await _s.Owner.DeleteAsync("/organizations/default/members/before0");
        await _s.Owner.DeleteAsync("/users/before1");
        await _s.Owner.PostAsync("/organizations/default/members/before0");
        var kept = await _s.Server.SqlAsync("select members from members.organization_counts");
        var counted = await _s.Server.SqlAsync("select count(*) from members.organization_members");
        Assert.Equal(9L, counted);
        Assert.Equal(counted, kept);
        Assert.Equal(9L, await _s.Server.SqlAsync("select users from members.user_count"));
        Assert.Equal((1, 9), Size(await PageAsync("/users", "users", "?limit=1")));
        Assert.Equal((1, 9), Size(await PageAsync("/organizations/default/paginated-members", "members", "?limit=1")));
    }

    private static string Username(JsonNode? row) => row!["username"]!.GetValue<string>();

    private static (int Rows, int Count) Size((JsonArray Rows, int Count) page) => (page.Rows.Count, page.Count);

    private async Task<(JsonArray Rows, int Count)> PageAsync(string path, string list, string query)
    {
        var answer = await _s.Owner.GetAsync(path + query);
        Assert.Equal(200, answer.Code);
        return (answer[list]!.AsArray(), answer["count"]!.GetValue<int>());
    }
}
