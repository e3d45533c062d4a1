using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Tests.Hosting;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Pages deep in a long list: found from a milestone near them, and the same as by a walk, whoever came and went since the milestones were counted.</summary>
public sealed class MilestoneTests : IAsyncLifetime
{
    private const int PeopleThere = 20_500;

    // Everybody is in both.
    private static readonly (string Path, string Rows, string Id)[] Lists = [("/users", "users", "id"), ("/organizations/default/paginated-members", "members", "user_id")];

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private Scenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _scenario = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(_clock));
        await People.AddAsync(_scenario, PeopleThere);
    }

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task A_deep_page_is_that_of_a_walk_before_and_after_people_come_go_and_are_renamed()
    {
        await PagesFitAsync();
        Assert.Equal(0L, await _scenario.Server.SqlAsync("select count(*) from members.milestones"));
        await SurveyAsync();
        Assert.Equal(8L, await _scenario.Server.SqlAsync("select count(*) from members.milestones"));
        Assert.Equal(0L, await _scenario.Server.SqlAsync("select count(*) from members.moves"));
        await PagesFitAsync();

        // At the very milestones, before the first and behind the last; names that sort first and last.
        var marks = (string[])(await _scenario.Server.SqlAsync("select array_agg(distinct sort_name) from members.milestones"))!;
        Assert.Equal(200, (await _scenario.Owner.DeleteAsync($"/users/{marks[0]}")).Code);
        Assert.Equal(200, (await _scenario.Owner.DeleteAsync($"/organizations/default/members/{marks[1]}")).Code / 100 * 100);
        await _scenario.Owner.PostAsync($"/organizations/default/members/{marks[1]}");
        Assert.Equal(200, (await _scenario.Owner.PutAsync($"/users/{marks[2]}/profile", new { username = "aaa", name = "" })).Code);
        Assert.Equal(200, (await _scenario.Owner.PutAsync("/users/person1/profile", new { username = "zzz", name = "" })).Code);
        await People.AddAsync(_scenario, 100, "early");
        await _scenario.Server.SqlAsync("update members.users set deleted = true where username like 'person77%'; delete from members.organization_members where user_id in (select id from members.users where deleted)");
        Assert.True((long)(await _scenario.Server.SqlAsync("select count(*) from members.moves"))! > 200);
        await PagesFitAsync();

        // Who is erased marks no place any more, and what they moved still counts.
        foreach (var name in new[] { marks[0], "zzz" })
        {
            var erased = await _scenario.Server.SqlAsync($"select id from members.users where username = '{name}' order by deleted desc limit 1");
            await _scenario.Owner.DeleteAsync($"/users/{erased}?force=true");
            Assert.Equal(200, (await _scenario.Owner.PostAsync($"/users/{erased}/erase")).Code);
        }

        Assert.Equal(0L, await _scenario.Server.SqlAsync(
            $"select count(*) from (select sort_name from members.milestones union all select sort_name from members.moves) named where sort_name in ('{marks[0]}', 'zzz', 'person1')"));

        Assert.Equal(6L, await _scenario.Server.SqlAsync("select count(*) from members.milestones"));
        Assert.Equal("", await WrongPositionsAsync());
        await PagesFitAsync();

        // Many moves since: a walk, and then counted anew.
        await People.AddAsync(_scenario, 600, "later");
        await SurveyAsync();
        await PagesFitAsync();

        // A list that is short again has none.
        await _scenario.Server.SqlAsync("update members.users set deleted = true where username like 'person1%'; delete from members.organization_members where user_id in (select id from members.users where deleted)");
        await SurveyAsync(0);
        await PagesFitAsync();
    }

    [Fact]
    public async Task A_deep_page_begins_at_the_milestone_and_not_at_the_start()
    {
        await SurveyAsync();
        foreach (var (path, rows, id) in Lists)
        {
            var before = await IdsAsync($"{path}?limit=3&offset=12001", rows, id);
            await _scenario.Server.SqlAsync("update members.milestones set position = position - 1");
            Assert.Equal(before[1..], (await IdsAsync($"{path}?limit=3&offset=12001", rows, id))[..2]);
            await _scenario.Server.SqlAsync("update members.milestones set position = position + 1");
        }
    }

    [Fact]
    public async Task More_moves_than_a_walk_is_worth_are_not_summed_up()
    {
        await SurveyAsync();
        Assert.Equal(0L, await _scenario.Server.SqlAsync("select count(*) from members.moves"));
        foreach (var (path, rows, id) in Lists)
        {
            var walked = await IdsAsync($"{path}?limit=3&offset=12001", rows, id);
            await _scenario.Server.SqlAsync("delete from members.moves; update members.milestones set position = position - 1; insert into members.moves select list, '~', 0, gen_random_uuid() from (select distinct list from members.milestones) lists, generate_series(1, 20000)");
            Assert.NotEqual(walked, await IdsAsync($"{path}?limit=3&offset=12001", rows, id));
            await _scenario.Server.SqlAsync("insert into members.moves select distinct list, '~', 0, gen_random_uuid() from members.milestones");
            Assert.Equal(walked, await IdsAsync($"{path}?limit=3&offset=12001", rows, id));
            await _scenario.Server.SqlAsync("update members.milestones set position = position + 1");
        }
    }

    [Fact]
    public async Task Positions_stay_exact_while_many_write_and_milestones_are_counted()
    {
        await SurveyAsync();
        await using var replica = await MonolithServer.StartOnAsync(_scenario.Server.ConnectionString);
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 20 || !enough.IsCancellationRequested; round++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + ((writer + (round * 7)) % 26))}w{writer}r{round}");
                await People.AddAsync(_scenario, round % 3 == 0 ? 40 : 1, $"{name}x");
                if (round % 2 == 0)
                    await _scenario.Server.SqlAsync($"update members.users set username = 'm' || username, username_folded = 'm' || username_folded where username like '{name}x%'");
                if (round % 5 == 0)
                    await _scenario.Server.SqlAsync($"begin; update members.users set deleted = true where username like 'person{writer + 1}{round:00}_' and not deleted; delete from members.organization_members where sort_name like 'person{writer + 1}{round:00}_'; commit");
            }
        })).ToArray();
        for (var look = 0; look < 8; look++)
        {
            Assert.Equal("", await WrongPositionsAsync());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        await SurveyAsync();
        Assert.Equal("", await WrongPositionsAsync());
        await PagesFitAsync();
    }

    [Theory]
    [InlineData("last_seen")]
    [InlineData("status")]
    public async Task Another_order_reaches_a_thousand_rows(string sort)
    {
        foreach (var (path, rows, id) in Lists)
        {
            Assert.Equal(2, (await IdsAsync($"{path}?limit=2&sort={sort}&offset=1000", rows, id)).Length);
            var refused = await _scenario.Owner.GetAsync($"{path}?limit=2&sort={sort}&offset=1001");
            Assert.Equal(400, refused.Code);
            Assert.Equal("offset", refused["validations"]![0]!["field"]!.GetValue<string>());
        }
    }

    // The clock stands still between two surveys; the worker rests until it moves.
    private async Task SurveyAsync(long lists = 2) => await Eventually.HoldsAsync(
        async () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            return (long)(await _scenario.Server.SqlAsync("select count(distinct list) from members.milestones"))! == lists
                && (long)(await _scenario.Server.SqlAsync("select count(*) from members.moves"))! < 1_000;
        },
        "milestones are counted");

    private async Task PagesFitAsync()
    {
        var all = ((Guid[])(await _scenario.Server.SqlAsync("select array_agg(id order by username_folded) from members.users where not deleted and not is_system"))!).Select(one => one.ToString()).ToArray();
        foreach (var (path, rows, id) in Lists)
        {
            foreach (var offset in new[] { 0, 1, 4_999, 5_000, 5_001, 9_990, 10_000, 14_999, 15_001, 19_999, 20_003, all.Length - 3, all.Length - 1, all.Length, all.Length + 9 })
            {
                Assert.Equal(all.Skip(offset).Take(7), await IdsAsync($"{path}?limit=7&offset={offset}", rows, id));
                Assert.Equal(all.Reverse().Skip(offset).Take(7), await IdsAsync($"{path}?limit=7&offset={offset}&dir=desc", rows, id));
            }
        }
    }

    private async Task<string[]> IdsAsync(string path, string rows, string id)
    {
        var answer = await _scenario.Owner.GetAsync(path);
        Assert.Equal(200, answer.Code);
        return [.. answer[rows]!.AsArray().Select(row => row![id]!.GetValue<string>())];
    }

    private async Task<string> WrongPositionsAsync() => (string)(await _scenario.Server.SqlAsync(
        """
        select coalesce(string_agg(found.list || ' ' || found.sort_name || ': ' || found.position || ' and not ' || found.people, ', '), '')
        from (
            select m.list, m.sort_name,
                m.position + coalesce((select sum(v.delta) from members.moves v where v.list = m.list and v.sort_name < m.sort_name), 0) as position,
                case when m.list = '00000000-0000-0000-0000-000000000000'
                    then (select count(*) from members.users where not deleted and not is_system and username_folded < m.sort_name)
                    else (select count(*) from members.organization_members where organization_id = m.list and not is_system and sort_name < m.sort_name) end as people
            from members.milestones m
        ) found
        where found.position <> found.people
        """))!;
}
