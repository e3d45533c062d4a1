using System.Text.Json.Nodes;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Our own <c>sort</c> and <c>dir</c> on the two lists of people.</summary>
public sealed class SortTests(SortTests.Fixture fixture) : IClassFixture<SortTests.Fixture>
{
    private static readonly (string Path, string List, string Id)[] Lists =
        [("/users", "users", "id"), ("/organizations/default/paginated-members", "members", "user_id")];

    private Scenario Scenario => fixture.Scenario;

    public sealed class Fixture : IAsyncLifetime
    {
        public Scenario Scenario { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            // Some were last seen long ago, and are not to become dormant on the way.
            Scenario = await Scenario.StartAsync(("Users:DormantAfter", "0"));
            await People.AddAsync(Scenario, 40);
            await People.UseAiAsync(Scenario, People.IsEveryThird);
            await Scenario.Server.SqlAsync(
                """
                update members.users
                set status = (array['active', 'dormant', 'suspended'])[1 + length(name) * substr(username, 7)::integer % 3],
                    last_seen_at = case when substr(username, 7)::integer % 4 = 0 then '-infinity' else timestamptz '2026-01-01' + substr(username, 7)::integer * 7 % 11 * interval '1 hour' end
                where username like 'person%'
                """);
            await Scenario.Server.SqlAsync("insert into members.organizations (id, name, name_folded, display_name, created_at, updated_at) values (gen_random_uuid(), 'two', 'two', 'Two', now(), now())");
            await Scenario.Server.SqlAsync(
                "insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at) select o.id, u.id, u.username_folded, now(), now() from members.organizations o, members.users u where o.name = 'two' and u.username like 'person1%'");
        }

        public async Task DisposeAsync() => await Scenario.DisposeAsync();
    }

    [Theory]
    [InlineData("username")]
    [InlineData("last_seen")]
    [InlineData("status")]
    public async Task Every_order_in_both_directions_whole_and_in_pages(string sort)
    {
        foreach (var (path, list, _) in Lists)
        {
            var unsorted = await RowsAsync(path, list, "");
            Assert.Equal(41, unsorted.Count);
            foreach (var dir in new[] { "", "asc", "desc" })
            {
                var expected = Sort(unsorted, row => sort switch { "status" => Text(row, "status"), "last_seen" => Text(row, "last_seen_at"), _ => "" }, sort == "username", dir == "desc");
                Assert.Equal(expected, Names(await RowsAsync(path, list, $"?sort={sort}&dir={dir}")));
                var pages = new List<string>();
                for (var offset = 0; offset < 41; offset += 10)
                    pages.AddRange(Names(await RowsAsync(path, list, $"?sort={sort}&dir={dir}&limit=10&offset={offset}", 41)));
                Assert.Equal(expected, pages);
            }
        }
    }

    [Fact]
    public async Task Seat_holders_come_first_or_last_while_seats_are_usable()
    {
        foreach (var (path, _, _) in Lists)
        {
            var refused = await Scenario.Owner.GetAsync($"{path}?sort=ai_seat");
            Assert.Equal((400, "sort"), (refused.Code, Assert.Single(refused["validations"]!.AsArray())!["field"]!.GetValue<string>()));
        }

        var license = await Licenses.GrantAsync(Scenario.Owner, 50);
        foreach (var (path, list, _) in Lists)
        {
            var unsorted = await RowsAsync(path, list, "");
            Assert.Contains(unsorted, row => row!["has_ai_seat"]!.GetValue<bool>());
            foreach (var dir in new[] { "asc", "desc" })
            {
                var expected = Sort(unsorted, row => row!["has_ai_seat"]!.GetValue<bool>() ? "1" : "0", false, dir == "desc");
                Assert.Equal(expected, Names(await RowsAsync(path, list, $"?sort=ai_seat&dir={dir}")));
                var pages = new List<string>();
                for (var offset = 0; offset < 41; offset += 10)
                    pages.AddRange(Names(await RowsAsync(path, list, $"?sort=ai_seat&dir={dir}&limit=10&offset={offset}", 41)));
                Assert.Equal(expected, pages);
            }

            var holders = await RowsAsync(path, list, "?sort=ai_seat&q=has-ai-seat:true&limit=100");
            Assert.Equal(Names(await RowsAsync(path, list, "?q=has-ai-seat:true")), Names(holders));
            Assert.All(holders, row => Assert.True(row!["has_ai_seat"]!.GetValue<bool>()));
            Assert.Equal(unsorted.Count - holders.Count, (await RowsAsync(path, list, "?sort=status&q=has-ai-seat:false status:active,dormant,suspended&limit=100")).Count);
        }

        await Scenario.Owner.DeleteAsync($"/licenses/{license}");
    }

    [Fact]
    public async Task A_page_after_a_row_goes_with_the_order_by_username()
    {
        foreach (var (path, list, id) in Lists)
        {
            var down = await RowsAsync(path, list, "?dir=desc");
            var after = await RowsAsync(path, list, $"?sort=username&dir=desc&limit=5&after_id={down[9]![id]}", 31);
            Assert.Equal(Names(down).Skip(10).Take(5), Names(after));
            foreach (var sort in new[] { "last_seen", "status" })
            {
                var refused = await Scenario.Owner.GetAsync($"{path}?sort={sort}&after_id={down[9]![id]}");
                Assert.Equal((400, "after_id"), (refused.Code, Assert.Single(refused["validations"]!.AsArray())!["field"]!.GetValue<string>()));
            }

            var bad = await Scenario.Owner.GetAsync($"{path}?sort=email&dir=up&limit=-1");
            Assert.Equal(["limit", "sort", "dir"], bad["validations"]!.AsArray().Select(field => field!["field"]!.GetValue<string>()));
            Assert.DoesNotContain("email", bad.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=status")]
    [InlineData("&sort=last_seen&dir=desc")]
    public async Task A_member_of_two_organizations_is_on_a_page_once(string order)
    {
        var page = await RowsAsync("/organizations/two/paginated-members", "members", $"?limit=20&offset=1{order}", 11);
        Assert.Equal((10, 10), (page.Count, page.Select(row => Text(row, "user_id")).Distinct().Count()));
        Assert.Single(page.Select(row => Text(row, "organization_id")).Distinct());
    }

    [Fact]
    public async Task Case_39_after_id_of_a_user_who_is_in_two_organizations_goes_on_behind_them()
    {
        const string Path = "/organizations/two/paginated-members";
        var first = await RowsAsync(Path, "members", "?limit=4", 11);
        var rest = await RowsAsync(Path, "members", $"?limit=20&after_id={Text(first[3], "user_id")}", 7);
        Assert.Equal(Names(await RowsAsync(Path, "members", "?limit=20", 11)), Names(first).Concat(Names(rest)));
    }

    /// <summary>People who are equal stand in the order of their usernames, whatever the direction.</summary>
    private static List<string> Sort(JsonArray rows, Func<JsonNode?, string> key, bool byName, bool descending)
    {
        var names = rows.OrderBy(row => Text(row, "username"), StringComparer.Ordinal).ToList();
        if (byName && descending)
            names.Reverse();
        var sorted = descending ? names.OrderByDescending(key, StringComparer.Ordinal) : names.OrderBy(key, StringComparer.Ordinal);
        return [.. sorted.Select(row => Text(row, "username"))];
    }

    private static string Text(JsonNode? row, string name) => row![name]!.GetValue<string>();

    private static List<string> Names(JsonArray rows) => [.. rows.Select(row => Text(row, "username"))];

    private async Task<JsonArray> RowsAsync(string path, string list, string query, int? count = null)
    {
        var answer = await Scenario.Owner.GetAsync(path + query);
        Assert.Equal(200, answer.Code);
        var rows = answer[list]!.AsArray();
        Assert.Equal(count ?? rows.Count, answer["count"]!.GetValue<int>());
        return rows;
    }
}
