using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Large groups: cases 68 to 73 of the specification, section 9.6.</summary>
public sealed class LargeTests(LargeTests.Multitude multitude) : IClassFixture<LargeTests.Multitude>
{
    private const int People = 10_000;

    private Guid Group => multitude.Group;

    private GroupWorld World => multitude.World;

    [Fact]
    public async Task Case_68_a_list_holds_no_large_roster()
    {
        foreach (var query in new[] { "", "?exclude_members=true" })
        {
            var list = await World.Owner.GetAsync($"/groups{query}");
            var group = list.Json!.AsArray().Single(one => Id(one) == Group);
            Assert.Equal((0, People), (MembersOf(group).Count, group!["total_member_count"]!.GetValue<long>()));
            Assert.True(list.Text.Length < 100_000, $"{list.Text.Length} characters");
        }
    }

    [Fact]
    public async Task Case_69_one_answer_holds_everybody()
    {
        var whole = await World.GetAsync(Group);
        Assert.Equal((People, (long)People), (MembersOf(whole).Distinct().Count(), Count(whole)));
        Assert.Equal(World.O1, whole["organization_id"]!.GetValue<Guid>());
        Assert.Equal(304, (await World.Owner.SendAsync(HttpMethod.Get, $"/groups/{Group}", null, ("If-None-Match", whole.Headers.ETag!.ToString()))).Code);
    }

    [Fact]
    public async Task Case_70_pages_reach_the_end_and_a_walk_meets_each_once()
    {
        var last = await World.Owner.GetAsync($"/groups/{Group}/members?limit=25&offset={People - 25}");
        Assert.Equal((25, People), (last["users"]!.AsArray().Count, last["count"]!.GetValue<long>()));
        var walked = new List<Guid>();
        for (var page = await World.Owner.GetAsync($"/groups/{Group}/members?limit=500"); page["users"]!.AsArray().Count > 0; page = await World.Owner.GetAsync($"/groups/{Group}/members?limit=500&after_id={walked[^1]}"))
        {
            walked.AddRange(Ids(page["users"]));
            if (walked.Count == 1000)
                await World.ChangeAsync(Group, new { add_users = new[] { World.Anna.Id } });
        }

        // anna stands before the place where she was added.
        Assert.Equal(People, walked.Count);
        Assert.Equal(People, walked.Distinct().Count());
        await World.ChangeAsync(Group, new { remove_users = new[] { World.Anna.Id } });
    }

    [Fact]
    public async Task Case_71_five_thousand_ids_are_one_change_and_one_audit_row()
    {
        var id = await World.GroupAsync(World.Name());
        var added = await World.Owner.SendAsync(HttpMethod.Patch, $"/groups/{id}?exclude_members=true", new { add_users = multitude.Ids.Take(5000) });
        Assert.Equal((200, 5000L), (added.Code, Count(added)));
        Assert.Equal(1, await World.NumberAsync($"select count(*) from platform.audit_logs where resource_id = '{id}' and action = 'write'"));
        Assert.Equal(5000, await World.NumberAsync($"select jsonb_array_length(after -> 'members') from platform.audit_logs where resource_id = '{id}' and action = 'write'"));
    }

    [Fact]
    public async Task Case_72_a_body_above_the_limit_changes_nothing()
    {
        var id = await World.GroupAsync(World.Name());
        Assert.Equal(413, (await World.ChangeAsync(id, new { name = "too-large", add_users = Enumerable.Range(0, 30_000).Select(_ => Guid.CreateVersion7()) })).Code);
        Assert.Equal(0, Count(await World.GetAsync(id)));
        Assert.Equal(404, (await World.Owner.GetAsync($"/organizations/{World.O1}/groups/too-large")).Code);
    }

    [Fact]
    public async Task Case_73_the_queries_do_not_grow_with_the_groups()
    {
        var organization = Id(await World.Owner.PostAsync("/organizations", new { name = "many" }));
        await MakeAsync(0, 10);
        var few = await StatementsAsync(organization, 11);
        await MakeAsync(10, 300);
        Assert.Equal(few, await StatementsAsync(organization, 301));

        Task MakeAsync(int from, int to) => World.RunAsync(
            $"""
            insert into groups.groups (id, organization_id, name, name_folded, created_at, updated_at)
            select gen_random_uuid(), '{organization}', 'g' || n, 'g' || n, now(), now() from generate_series({from}, {to - 1}) n
            """);
    }

    private async Task<long> StatementsAsync(Guid organization, int groups)
    {
        using var count = new StatementCount(new Npgsql.NpgsqlConnectionStringBuilder(World.Scenario.Server.ConnectionString).Database!);
        Assert.Equal(groups, (await World.Owner.GetAsync($"/groups?organization={organization}")).Json!.AsArray().Count);
        return count.Value;
    }

    /// <summary>What Npgsql sends to one database while this lives.</summary>
    private sealed class StatementCount : IDisposable
    {
        private readonly System.Diagnostics.ActivityListener _listener;
        private long _value;

        public StatementCount(string database)
        {
            _listener = new System.Diagnostics.ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    // Other work of the server is not about groups; other tests have databases of their own.
                    if (activity.TagObjects.Any(tag => tag.Value as string == database) && activity.GetTagItem("db.query.text") is string text && text.Contains("groups.group", StringComparison.Ordinal))
                        Interlocked.Increment(ref _value);
                },
            };
            System.Diagnostics.ActivitySource.AddActivityListener(_listener);
        }

        public long Value => _value > 0 ? _value : throw new InvalidOperationException("No statement was seen.");

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>A group of ten thousand.</summary>
    public sealed class Multitude : IAsyncLifetime
    {
        public GroupWorld World { get; } = new();

        public Guid Group { get; private set; }

        public IReadOnlyList<Guid> Ids { get; private set; } = [];

        public async Task InitializeAsync()
        {
            await World.InitializeAsync();
            Group = await World.GroupAsync("multitude");
            await World.RunAsync(
                $"""
                with made as (
                    insert into members.users (id, username, username_folded, email, email_folded, status, login_type, created_at, updated_at)
                    select gen_random_uuid(), 'p' || n, 'p' || n, 'p' || n || '@example.com', 'p' || n || '@example.com', 'active', 'password', now(), now()
                    from generate_series(1, {People}) n
                    returning id, username_folded
                ), joined as (
                    insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at)
                    select '{World.O1}', id, username_folded, now(), now() from made
                    returning user_id, sort_name
                )
                insert into groups.group_members (group_id, user_id, organization_id, sort_name)
                select '{Group}', user_id, '{World.O1}', sort_name from joined
                """);
            await World.RunAsync("analyze");
            Ids = GroupWorld.Ids((await World.Owner.GetAsync($"/groups/{Group}/members"))["users"]);
        }

        public Task DisposeAsync() => World.DisposeAsync();
    }
}
