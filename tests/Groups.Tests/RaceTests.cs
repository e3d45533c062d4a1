using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Changes at the same moment: cases 62 to 67 of the specification, section 9.5, and the counts that the database keeps.</summary>
[Collection(SharedWorld.Name)]
public sealed class RaceTests(GroupWorld world)
{
    private const int Rounds = 5;

    [Fact]
    public async Task Case_62_two_additions_both_count()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await world.GroupAsync(world.Name());
            var both = await Task.WhenAll(world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id } }), world.ChangeAsync(id, new { add_users = new[] { world.Ben.Id } }));
            Assert.All(both, answer => Assert.Equal(200, answer.Code));
            Assert.Equal((2L, 2), (Count(await world.GetAsync(id)), MembersOf(await world.GetAsync(id)).Count));
        }
    }

    [Fact]
    public async Task Case_63_two_fields_both_survive()
    {
        foreach (var id in new[] { await world.GroupAsync(world.Name()), world.O1 })
        {
            for (var round = 1; round <= Rounds; round++)
            {
                var both = await Task.WhenAll(world.ChangeAsync(id, new { avatar_url = $"/{round}.png" }), world.ChangeAsync(id, new { quota_allowance = round }));
                Assert.All(both, answer => Assert.Equal(200, answer.Code));
                var after = await world.GetAsync(id);
                Assert.Equal(($"/{round}.png", round), (Text(after.Json, "avatar_url"), after["quota_allowance"]!.GetValue<int>()));
            }
        }
    }

    [Fact]
    public async Task Case_64_the_same_person_is_added_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await world.GroupAsync(world.Name());
            var codes = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await world.ChangeAsync(id, new { add_users = new[] { world.Anna.Id } })).Code));
            Assert.Equal([200, 400], codes.Order());
            Assert.Equal(1, Count(await world.GetAsync(id)));
        }
    }

    [Fact]
    public async Task Case_65_one_name_is_won_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b, name) = (await world.GroupAsync(world.Name()), await world.GroupAsync(world.Name()), world.Name());
            var codes = await Task.WhenAll(new[] { a, b }.Select(async id => (await world.ChangeAsync(id, new { name })).Code));
            Assert.Equal([200, 409], codes.Order());
        }
    }

    [Fact]
    public async Task Case_66_a_change_and_a_deletion_leave_nothing()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await world.GroupAsync(world.Name(), world.Anna.Id);
            var change = world.ChangeAsync(id, new { add_users = new[] { world.Ben.Id } });
            var deletion = world.Owner.DeleteAsync($"/groups/{id}");
            Assert.Contains((await change).Code, new[] { 200, 404 });
            Assert.Equal(200, (await deletion).Code);
            Assert.Equal(0, await world.NumberAsync($"select (select count(*) from groups.group_members where group_id = '{id}') + (select count(*) from groups.group_counts where group_id = '{id}') + (select count(*) from groups.groups where id = '{id}')"));
        }
    }

    [Fact]
    public async Task Case_67_nobody_is_in_a_group_without_the_organization()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (person, id) = (await world.PersonAsync(world.Name("leaver")), await world.GroupAsync(world.Name()));
            var addition = world.ChangeAsync(id, new { add_users = new[] { person } });
            var leaving = world.Owner.DeleteAsync($"/organizations/{world.O1}/members/{person}");
            Assert.Contains((await addition).Code, new[] { 200, 400 });
            Assert.Equal(204, (await leaving).Code);
            Assert.Equal((0L, 0), (Count(await world.GetAsync(id)), MembersOf(await world.GetAsync(id)).Count));
        }
    }

    [Fact]
    public async Task The_kept_counts_are_the_truth_after_everything_at_once()
    {
        var people = new List<Guid>();
        for (var i = 0; i < 12; i++)
            people.Add(await world.PersonAsync(world.Name("crowd")));
        Guid[] groups = [await world.GroupAsync(world.Name()), await world.GroupAsync(world.Name()), await world.GroupAsync(world.Name(), [.. people])];
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async worker =>
        {
            for (var step = 0; step < 8; step++)
            {
                var (group, some) = (groups[(worker + step) % 3], people.Skip((worker * 2 + step) % 10).Take(3));
                var answer = (worker + step) % 3 == 0
                    ? await world.ChangeAsync(group, new { remove_users = some })
                    : await world.ChangeAsync(group, new { add_users = some });
                Assert.Contains(answer.Code, new[] { 200, 400 });
                if (step == 4)
                    Assert.Equal(204, (await world.Owner.DeleteAsync($"/organizations/{world.O1}/members/{people[worker]}")).Code);
                if (step == 6)
                    Assert.Equal(200, (await world.Owner.DeleteAsync($"/users/{people[worker + 6]}")).Code);
            }
        }));
        Assert.Equal(0, await world.NumberAsync(Wrong));
        Assert.Equal(0, await world.NumberAsync("select count(*) from groups.group_members m where not exists (select 1 from members.organization_members o where o.organization_id = m.organization_id and o.user_id = m.user_id)"));
        Assert.Equal(0, await world.NumberAsync("select sum(c.members) from groups.group_counts c where c.group_id in (" + string.Join(", ", groups.Select(group => $"'{group}'")) + ")"));
    }

    private const string Wrong =
        """
        select
            (select count(*) from groups.groups g left join groups.group_counts c on c.group_id = g.id
             where c.members is distinct from (select count(*) from groups.group_members m where m.group_id = g.id))
            + (select count(*) from groups.organization_counts c
               where c.groups <> (select count(*) from groups.groups g where g.organization_id = c.organization_id))
        """;
}
