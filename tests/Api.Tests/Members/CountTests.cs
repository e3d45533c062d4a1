using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Counts of pages: remembered as long as nothing changes, exact up to a number, and an estimate that says so beyond it.</summary>
public sealed class CountTests
{
    private const string Header = "X-Monolith-Count";

    [Theory]
    [InlineData("/users", "users", "id")]
    [InlineData("/organizations/default/paginated-members", "members", "user_id")]
    public async Task A_walk_counts_what_is_left_and_notices_every_change_wherever_it_was_made(string path, string rows, string id)
    {
        await using var s = await Scenario.StartAsync();
        await People.AddAsync(s, 60);
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var there = s.On(replica).Owner;
        foreach (var q in new[] { "", "&q=person", "&q=name:person", "&q=person+status:active" })
        {
            var total = await CountAsync(s.Owner, $"{path}?limit=7{q}");
            var left = total;
            var next = $"{path}?limit=7{q}";
            for (var page = 0; next is not null; page++)
            {
                // The other replica has not seen the page before.
                var answer = await (page % 3 == 2 ? there : s.Owner).GetAsync(next);
                Assert.Equal(left, answer["count"]!.GetValue<int>());
                Assert.False(answer.Headers.Contains(Header));
                var found = answer[rows]!.AsArray();
                left -= found.Count;
                next = left > 0 ? $"{path}?limit=7{q}&after_id={found[^1]![id]!.GetValue<Guid>()}" : null;
            }

            Assert.Equal(0, left);
            var second = (await s.Owner.GetAsync($"{path}?limit=7{q}"))[rows]!.AsArray()[^1]![id]!.GetValue<Guid>();
            Assert.Equal(total - 7, await CountAsync(s.Owner, $"{path}?limit=7{q}&after_id={second}"));
            await there.DeleteAsync("/users/person9");
            Assert.Equal(total - 8, await CountAsync(s.Owner, $"{path}?limit=7{q}&after_id={second}"));
            Assert.Equal(total - 1, await CountAsync(s.Owner, $"{path}?limit=7{q}"));
            await s.Server.SqlAsync("delete from members.organization_members where user_id = (select id from members.users where username = 'person9'); delete from members.users where username = 'person9'");
            await People.AddAsync(s, 1, "person9");
            await s.Server.SqlAsync("update members.users set username = 'person9', username_folded = 'person9' where username = 'person90'");
            Assert.Equal(total, await CountAsync(s.Owner, $"{path}?limit=7{q}"));
        }
    }

    [Fact]
    public async Task A_search_of_members_follows_names_and_addresses()
    {
        await using var s = await Scenario.StartAsync();
        await People.AddAsync(s, 3);
        const string Path = "/organizations/default/paginated-members?limit=5";
        Assert.Equal(1, await CountAsync(s.Owner, Path + "&q=person1@example"));
        await s.Server.SqlAsync("update members.users set email = 'moved@example.org', email_folded = 'moved@example.org' where username = 'person1'");
        Assert.Equal(0, await CountAsync(s.Owner, Path + "&q=person1@example"));
        Assert.Equal(1, await CountAsync(s.Owner, Path + "&q=moved@example.org"));
        Assert.Equal(200, (await s.Owner.PutAsync("/users/person1/profile", new { username = "renamed", name = "Renamed" })).Code);
        Assert.Equal(0, await CountAsync(s.Owner, Path + "&q=person1"));
        Assert.Equal(1, await CountAsync(s.Owner, Path + "&q=renamed"));

        // A membership repeats the full name, too.
        Assert.Equal(200, (await s.Owner.PutAsync("/users/renamed/profile", new { username = "renamed", name = "Hedwig" })).Code);
        Assert.Equal(1, await CountAsync(s.Owner, Path + "&q=name:hedwig"));
        Assert.Equal(200, (await s.Owner.PutAsync("/users/renamed/profile", new { username = "renamed", name = "Emil" })).Code);
        Assert.Equal(0, await CountAsync(s.Owner, Path + "&q=name:hedwig"));
        Assert.Equal(1, await CountAsync(s.Owner, Path + "&q=name:emil"));
    }

    [Theory]
    [InlineData("/users", "users", "users", "username_folded")]
    [InlineData("/organizations/default/paginated-members", "members", "organization_members", "sort_name")]
    public async Task A_search_that_many_match_begins_at_its_first_row_for_as_long_as_nothing_changes(string path, string rows, string table, string name)
    {
        await using var s = await Scenario.StartAsync();
        await People.AddAsync(s, 60);
        await People.AddAsync(s, 5, "aaron");
        await using var replica = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var there = s.On(replica).Owner;
        for (var look = 0; look < 3; look++)
            Assert.Equal("person0", await FirstAsync());

        // Who comes before, by the name or by the address, and goes again; wherever it is asked, in either order, also behind the first page.
        Assert.Equal(200, (await there.PutAsync("/users/person9/profile", new { username = "aperson", name = "" })).Code);
        Assert.Equal("aperson", await FirstAsync());
        Assert.Equal("aperson", await FirstAsync());
        await s.Server.SqlAsync("update members.users set email = 'a.person@example.org', email_folded = 'a.person@example.org' where username = 'aaron2'");
        Assert.Equal("aaron2", await FirstAsync());
        Assert.Equal("aaron2", await FirstAsync());
        Assert.Equal("aperson", await FirstAsync("&offset=1"));
        Assert.Equal("person8", await FirstAsync("&sort=username&dir=desc"));
        await there.DeleteAsync("/users/aaron2");
        Assert.Equal("aperson", await FirstAsync());
        Assert.Equal("person0", await FirstAsync("&offset=1"));

        // Nothing before the first row is looked at: this change, which no trigger tells of, is not seen.
        Assert.Equal("aperson", await FirstAsync());
        await s.Server.SqlAsync($"alter table members.{table} disable trigger user; update members.{table} set email_folded = 'person@example.org' where {name} = 'aaron3'; alter table members.{table} enable trigger user");
        Assert.Equal("aperson", await FirstAsync());
        await there.PutAsync("/users/person3/profile", new { username = "person3", name = "Three" });
        Assert.Equal("aaron3", await FirstAsync());

        async Task<string> FirstAsync(string besides = "") =>
            (await s.Owner.GetAsync($"{path}?limit=7&q=person{besides}"))[rows]!.AsArray()[0]!["username"]!.GetValue<string>();
    }

    [Fact]
    public async Task Beyond_ten_thousand_a_count_that_nobody_keeps_is_an_estimate_and_says_so()
    {
        await using var s = await Scenario.StartAsync();
        await People.AddAsync(s, 10_000);
        foreach (var path in new[] { "/users?limit=5", "/organizations/default/paginated-members?limit=5" })
        {
            var exact = await s.Owner.GetAsync(path + "&q=person");
            Assert.Equal(10_000, exact["count"]!.GetValue<int>());
            Assert.False(exact.Headers.Contains(Header));
        }

        await People.AddAsync(s, 3_000, "personage");
        await s.Server.SqlAsync("analyze members.users; analyze members.organization_members");
        foreach (var path in new[] { "/users?limit=5", "/organizations/default/paginated-members?limit=5" })
        {
            var kept = await s.Owner.GetAsync(path);
            Assert.Equal(13_001, kept["count"]!.GetValue<int>());
            Assert.False(kept.Headers.Contains(Header));
            var estimate = await s.Owner.GetAsync(path + "&q=person");
            Assert.Equal("estimate", Assert.Single(estimate.Headers.GetValues(Header)));
            Assert.InRange(estimate["count"]!.GetValue<int>(), 10_001, 18_000);
            Assert.Equal(5, (estimate["users"] ?? estimate["members"])!.AsArray().Count);
            Assert.Null((await s.Owner.GetAsync(path + "&q=person&count=false"))["count"]);
        }
    }

    private static async Task<int> CountAsync(ApiClient client, string path) => (await client.GetAsync(path))["count"]!.GetValue<int>();
}
