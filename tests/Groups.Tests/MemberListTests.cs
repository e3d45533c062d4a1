using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>The members of a group: cases 41 to 47 of the specification, section 9.4; the suites are those of members and users, 6.3 and 6.4.</summary>
public sealed class MemberListTests(MemberListTests.Crowd crowd) : IClassFixture<MemberListTests.Crowd>
{
    private GroupWorld World => crowd.World;

    private string Path => $"/groups/{crowd.Group}/members";

    [Theory]
    [InlineData("", 10, 10)]
    [InlineData("limit=1", 1, 10)]
    [InlineData("offset=1", 9, 10)]
    [InlineData("limit=1&offset=1", 1, 10)]
    [InlineData("offset=11", 0, 0)]
    [InlineData("q=name:after&limit=1&offset=1", 1, 4)]
    [InlineData("after_id=6", 4, 4)]
    public async Task Case_41_pages(string query, int rows, long count)
    {
        var page = await World.Owner.GetAsync($"{Path}?{query.Replace("after_id=6", $"after_id={crowd.Ids[5]}", StringComparison.Ordinal)}");
        Assert.Equal((200, rows, count), (page.Code, page["users"]!.AsArray().Count, page["count"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Case_41_the_order_is_by_username()
    {
        var whole = Ids((await World.Owner.GetAsync(Path))["users"]);
        Assert.Equal(crowd.Ids, whole);
        var walked = new List<Guid>();
        for (var page = await World.Owner.GetAsync($"{Path}?limit=3"); page["users"]!.AsArray().Count > 0; page = await World.Owner.GetAsync($"{Path}?limit=3&after_id={walked[^1]}"))
            walked.AddRange(Ids(page["users"]));
        Assert.Equal(whole, walked);
        foreach (var bad in new[] { "limit=-1", "limit=x", "offset=-1", "after_id=x" })
            Assert.Equal(400, (await World.Owner.GetAsync($"{Path}?{bad}")).Code);
    }

    [Theory]
    [InlineData("status:suspended,active", 10)]
    [InlineData("status:SUSPENDED", 1)]
    [InlineData("before", 5)]
    [InlineData("BEFORE1", 1)]
    [InlineData("name:before search:before2", 1)]
    [InlineData("nonexistent", 0)]
    [InlineData("role:auditor", 1)]
    [InlineData("Role:Auditor STATUS:Active", 1)]
    [InlineData("role:member", 10)]
    [InlineData("login_type:none", 0)]
    [InlineData("login_type:password,github", 10)]
    [InlineData("is_service_account:false", 10)]
    [InlineData("created_before:\"2001-01-01T00:00:00Z\"", 0)]
    [InlineData("created_after:\"2001-01-01T00:00:00Z\"", 10)]
    [InlineData("last_seen_before:\"2001-01-01T00:00:00+12:00\"", 10)]
    [InlineData("has-ai-seat:true", 0)]
    public async Task Case_42_filters(string q, int count)
    {
        var page = await World.Owner.GetAsync($"{Path}?q={Uri.EscapeDataString(q)}");
        Assert.Equal((200, count), (page.Code, page["users"]!.AsArray().Count));
        Assert.Equal(count, page["count"]!.GetValue<long>());
    }

    [Fact]
    public async Task Case_43_by_name_it_is_the_same() =>
        Assert.Equal((await World.Owner.GetAsync($"{Path}?limit=4")).Text, (await World.Owner.GetAsync($"/organizations/{World.O1}/groups/crowd/members?limit=4")).Text);

    [Fact]
    public async Task Case_44_after_somebody_outside_there_is_nothing()
    {
        foreach (var outside in new[] { World.Anna.Id, World.Carl.Id, Guid.CreateVersion7() })
            Assert.Equal("{\"users\":[],\"count\":0}\n", (await World.Owner.GetAsync($"{Path}?after_id={outside}")).Text);
    }

    [Theory]
    [InlineData("status:nonsense", "status")]
    [InlineData("foo:bar", "foo")]
    public async Task Case_45_a_bad_search_is_named(string q, string field)
    {
        var answer = await World.Owner.GetAsync($"{Path}?q={q}");
        Assert.Equal((400, field), (answer.Code, Assert.Single(Fields(answer))));
    }

    [Fact]
    public async Task Case_46_an_empty_group_is_an_empty_list()
    {
        var id = await World.GroupAsync(World.Name());
        Assert.Equal("{\"users\":[],\"count\":0}\n", (await World.Owner.GetAsync($"/groups/{id}/members")).Text);
        Assert.Equal("{\"users\":[],\"count\":0}\n", (await World.Owner.GetAsync($"/groups/{id}/members?limit=25")).Text);
    }

    [Fact]
    public async Task Case_47_a_plain_member_sees_their_own_row()
    {
        var id = await World.GroupAsync(World.Name(), World.Anna.Id, World.Ben.Id);
        var page = await World.Anna.Client.GetAsync($"/groups/{id}/members?limit=25");
        Assert.Equal((World.Anna.Id, 1L), (Assert.Single(Ids(page["users"])), page["count"]!.GetValue<long>()));
        Assert.Equal("{\"users\":[],\"count\":0}\n", (await World.Dora.Client.GetAsync($"/groups/{id}/members?limit=25")).Text);
    }

    [Fact]
    public async Task Everybody_is_paged_and_searched_like_every_group()
    {
        var path = $"/groups/{World.O1}/members";
        Assert.Equal(await World.NumberAsync($"select count(*) from members.organization_members where organization_id = '{World.O1}'"), (await World.Owner.GetAsync($"{path}?limit=2"))["count"]!.GetValue<long>());
        Assert.Equal(4, (await World.Owner.GetAsync($"{path}?q=name:after&limit=2"))["count"]!.GetValue<long>());
        var two = Ids((await World.Owner.GetAsync($"{path}?limit=2"))["users"]);
        Assert.Equal(Ids((await World.Owner.GetAsync($"{path}?limit=1&offset=2"))["users"]), Ids((await World.Owner.GetAsync($"{path}?limit=1&after_id={two[1]}"))["users"]));
    }

    [Fact]
    public async Task A_renamed_member_has_another_place()
    {
        var (first, second) = (await World.PersonAsync("aa-renamed"), await World.PersonAsync("ab-renamed"));
        var id = await World.GroupAsync(World.Name(), first, second);
        Assert.Equal([first, second], Ids((await World.Owner.GetAsync($"/groups/{id}/members?limit=5"))["users"]));
        Assert.Equal(200, (await World.Owner.PutAsync($"/users/{first}/profile", new { username = "ac-renamed", name = "" })).Code);
        Assert.Equal([second, first], Ids((await World.Owner.GetAsync($"/groups/{id}/members?limit=5"))["users"]));
        Assert.Equal(first, Assert.Single(Ids((await World.Owner.GetAsync($"/groups/{id}/members?limit=5&after_id={second}"))["users"])));
    }

    [Fact]
    public async Task The_list_is_a_file_too()
    {
        var file = await World.Owner.SendAsync(HttpMethod.Get, $"{Path}?limit=1", null, ("Accept", "text/csv"));
        var lines = file.Text.TrimEnd().Split("\r\n");
        Assert.Equal((11, "user_id,username,name,email,status,login_type,is_service_account,last_seen_at,created_at"), (lines.Length, lines[0]));
    }

    /// <summary>A group of ten: five whose full name begins with before, four with after, and one more.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        public GroupWorld World { get; } = new();

        public Guid Group { get; private set; }

        /// <summary>By username.</summary>
        public IReadOnlyList<Guid> Ids { get; private set; } = [];

        public async Task InitializeAsync()
        {
            await World.InitializeAsync();
            var people = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
            foreach (var name in new[] { "before0", "before1", "before2", "before3", "before4", "after0", "after1", "after2", "after3", "zoe" })
            {
                var username = name == "after2" ? "AFTER2" : name;
                people[name] = await World.PersonAsync(username);
                await World.Owner.PutAsync($"/users/{people[name]}/profile", new { username, name });
            }

            await World.Owner.PutAsync($"/users/{people["before3"]}/roles", new { roles = new[] { "auditor" } });
            await World.Owner.PutAsync($"/users/{people["after0"]}/status/suspend");
            Ids = [.. people.Values];
            Group = await World.GroupAsync("crowd", [.. people.Values.Reverse()]);
        }

        public Task DisposeAsync() => World.DisposeAsync();
    }
}
