using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The pagination suite, section 6.4 of the members specification, on both lists: ten users, five with a full name <c>before…</c>, four <c>after…</c>.</summary>
public sealed class PaginationTests(PaginationTests.Fixture fixture) : IClassFixture<PaginationTests.Fixture>
{
    public static TheoryData<string, string, string> Lists => new()
    {
        { "/users", "users", "id" },
        { "/organizations/default/paginated-members", "members", "user_id" },
    };

    public sealed class Fixture : IAsyncLifetime
    {
        public Scenario Scenario { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Scenario = await Scenario.StartAsync();
            foreach (var (group, n) in Enumerable.Range(0, 5).Select(i => ("before", i)).Concat(Enumerable.Range(0, 4).Select(i => ("after", i))))
            {
                await Scenario.Owner.PostAsync("/users", new
                {
                    username = $"{group}{n}",
                    email = $"{group}{n}@example.com",
                    name = $"{group}{n}",
                    password = Scenario.Password,
                    organization_ids = new[] { Scenario.OrganizationId },
                });
            }
        }

        public async Task DisposeAsync() => await Scenario.DisposeAsync();
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_40_no_parameters(string path, string list, string id)
    {
        var all = await PageAsync(path, list, "");
        Assert.Equal((10, 10), Size(all));
        Assert.Equal(all.Rows.Select(Username).Order(StringComparer.Ordinal), all.Rows.Select(Username));
        Assert.Equal(10, all.Rows.Select(row => row![id]!.GetValue<Guid>()).Distinct().Count());
        Assert.Equal((10, 10), Size(await PageAsync(path, list, "?limit=&offset=&after_id=&q=")));
        Assert.Equal((10, 10), Size(await PageAsync(path, list, "?limit=0&offset=0&after_id=00000000-0000-0000-0000-000000000000&unknown=1")));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_41_limit(string path, string list, string id)
    {
        var page = await PageAsync(path, list, "?limit=1");
        Assert.Equal((1, 10), Size(page));
        Assert.Equal("after0", Username(page.Rows[0]));
        Assert.NotNull(page.Rows[0]![id]);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_42_offset(string path, string list, string id)
    {
        var all = await PageAsync(path, list, "");
        var rest = await PageAsync(path, list, "?offset=1");
        Assert.Equal((9, 10), Size(rest));
        Assert.Equal(all.Rows.Skip(1).Select(row => row![id]!.GetValue<Guid>()), rest.Rows.Select(row => row![id]!.GetValue<Guid>()));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_43_limit_and_offset(string path, string list, string id)
    {
        var page = await PageAsync(path, list, "?limit=1&offset=1");
        Assert.Equal((1, 10), Size(page));
        Assert.Equal("after1", Username(page.Rows[0]));
        Assert.NotNull(page.Rows[0]![id]);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_44_past_the_end(string path, string list, string id)
    {
        foreach (var query in new[] { "?offset=11", "?offset=10&limit=5", "?offset=2147483647&limit=2147483647", "?offset=1&q=before0", $"?after_id={Guid.CreateVersion7()}", $"?limit=3&after_id={Guid.CreateVersion7()}" })
            Assert.Equal((0, 0), Size(await PageAsync(path, list, query)));
        var last = (await PageAsync(path, list, "?offset=9")).Rows[0]![id];
        Assert.Equal((0, 0), Size(await PageAsync(path, list, $"?after_id={last}")));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_45_after_id(string path, string list, string id)
    {
        var all = await PageAsync(path, list, "");
        var after = await PageAsync(path, list, $"?after_id={all.Rows[5]![id]}");
        Assert.Equal((4, 4), Size(after));
        Assert.Equal(all.Rows.Skip(6).Select(Username), after.Rows.Select(Username));
        Assert.Equal((2, 4), Size(await PageAsync(path, list, $"?limit=2&after_id={all.Rows[5]![id]}")));
        var skipped = await PageAsync(path, list, $"?limit=2&offset=3&after_id={all.Rows[5]![id]}");
        Assert.Equal((1, 4), Size(skipped));
        Assert.Equal(Username(all.Rows[9]), Username(skipped.Rows[0]));

        // The row at the cursor need not meet the filter.
        Assert.Equal((5, 5), Size(await PageAsync(path, list, $"?q=before&after_id={all.Rows[0]![id]}")));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Case_46_filter_before_page(string path, string list, string id)
    {
        var named = await PageAsync(path, list, "?q=name:after&limit=1&offset=1");
        Assert.Equal((1, 4), Size(named));
        Assert.Contains("after", named.Rows[0]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(named.Rows[0]![id]);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_bad_parameter_is_named(string path, string list, string id)
    {
        var bad = await fixture.Scenario.Owner.GetAsync($"{path}?limit=-1&offset=2147483648&after_id={list}-{id}");
        Assert.Equal(400, bad.Code);
        Assert.Equal(["limit", "offset", "after_id"], bad["validations"]!.AsArray().Select(field => field!["field"]!.GetValue<string>()));
    }

    /// <summary>Contract 7.3: a client walks by the links alone, without counts; the last page has none.</summary>
    [Theory]
    [InlineData("/users?limit=3&count=false", "users", "after_id")]
    [InlineData("/users?limit=3&count=false&sort=last_seen&q=name:e", "users", "offset")]
    [InlineData("/users?limit=2&count=false&dir=desc&offset=1", "users", "after_id")]
    [InlineData("/organizations/default/paginated-members?limit=3&count=false", "members", "after_id")]
    [InlineData("/organizations/default/paginated-members?limit=4&count=false&sort=status&dir=desc&q=status:active,dormant", "members", "offset")]
    public async Task Links_lead_through_the_whole_list(string path, string list, string by)
    {
        var owner = fixture.Scenario.Owner;
        var whole = path.Replace("limit=3&", "", StringComparison.Ordinal).Replace("limit=4&", "", StringComparison.Ordinal).Replace("limit=2&", "", StringComparison.Ordinal);
        var expected = (await owner.GetAsync(whole))[list]!.AsArray().Select(Username).ToList();
        var (met, next) = (new List<string>(), (string?)path);
        while (next is not null)
        {
            var answer = await owner.GetAsync(next);
            Assert.Equal((200, false), (answer.Code, ((JsonObject)answer.Json!).ContainsKey("count")));
            met.AddRange(answer[list]!.AsArray().Select(Username));
            next = Link(answer) is { } link ? Regex.Match(link, "^</api/v2(/[^>]+)>; rel=\"next\"$").Groups[1].Value : null;
            Assert.True(next is null || next.Contains($"&{by}=", StringComparison.Ordinal), next);
        }
        Assert.Equal(expected, met);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task With_a_count_the_link_is_there_too(string path, string list, string id)
    {
        var answer = await fixture.Scenario.Owner.GetAsync($"{path}?limit=9&count=TRUE");
        Assert.Equal(10, answer["count"]!.GetValue<int>());
        Assert.Contains($"after_id={answer[list]![8]![id]}", Link(answer), StringComparison.Ordinal);
        foreach (var query in new[] { "?limit=10", "?limit=3&offset=8", "?limit=0", "", "?limit=501" })
            Assert.Null(Link(await fixture.Scenario.Owner.GetAsync(path + query)));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_bad_count_is_named(string path, string list, string id)
    {
        var bad = await fixture.Scenario.Owner.GetAsync($"{path}?count={list}-{id}");
        Assert.Equal((400, "count"), (bad.Code, Assert.Single(bad["validations"]!.AsArray())!["field"]!.GetValue<string>()));
    }

    /// <summary>The seats have the same pages in their own order, the latest use first.</summary>
    [Fact]
    public async Task Seats_are_paged_alike()
    {
        await People.UseAiAsync(fixture.Scenario, _ => true);
        var all = await PageAsync("/ai-seats", "seats", "");
        Assert.Equal((10, 10), Size(all));
        var ids = all.Rows.Select(row => row!["user"]!["id"]!.GetValue<Guid>()).ToList();
        Assert.Equal((1, 10), Size(await PageAsync("/ai-seats", "seats", "?limit=1")));
        var page = await PageAsync("/ai-seats", "seats", "?limit=3&offset=2");
        Assert.Equal((3, 10), Size(page));
        Assert.Equal(ids.Skip(2).Take(3), page.Rows.Select(row => row!["user"]!["id"]!.GetValue<Guid>()));
        var after = await PageAsync("/ai-seats", "seats", $"?limit=2&after_id={ids[5]}");
        Assert.Equal((2, 4), Size(after));
        Assert.Equal(ids.Skip(6).Take(2), after.Rows.Select(row => row!["user"]!["id"]!.GetValue<Guid>()));
        Assert.Equal((0, 0), Size(await PageAsync("/ai-seats", "seats", "?offset=11&limit=5")));
        Assert.Equal((0, 0), Size(await PageAsync("/ai-seats", "seats", $"?after_id={Guid.CreateVersion7()}")));
    }

    private static string? Link(ApiAnswer answer) => answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links) : null;

    private static string Username(JsonNode? row) => row!["username"]!.GetValue<string>();

    private static (int Rows, int Count) Size((JsonArray Rows, int Count) page) => (page.Rows.Count, page.Count);

    private async Task<(JsonArray Rows, int Count)> PageAsync(string path, string list, string query)
    {
        var answer = await fixture.Scenario.Owner.GetAsync(path + query);
        Assert.Equal(200, answer.Code);
        return (answer[list]!.AsArray(), answer["count"]!.GetValue<int>());
    }
}
