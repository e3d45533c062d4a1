using Monolith.Api.Verbs;
using Monolith.Api.Verbs.Demo;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Contract section 1: the verb <c>demo</c>.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_people_are_the_same_in_every_run()
    {
        var people = DemoUsers.All();
        Assert.Equal(people.Select(Describe), DemoUsers.All().Select(Describe));
        Assert.Equal(["amara-kumar", "david-moreau"], people.Take(2).Select(person => person.Username));
        Assert.InRange(people.Count, 190, 210);
        Assert.Equal(people.Count, people.Select(person => person.Username).Distinct().Count());
        Assert.All(["active", "dormant", "suspended"], status => Assert.Contains(people, person => person.Status == status && person.UsesAiFrom is not null));
        Assert.Contains(people, person => person.IsServiceAccount && person.HoldsSeat);
    }

    [Fact]
    public async Task It_fills_an_empty_deployment_once_and_leaves_the_seats_near_their_limit()
    {
        var connection = await TestDatabase.CreateAsync();
        try
        {
            string[] arguments =
            [
                $"--password={Scenario.Password}",
                "--environment=Development",
                $"--ConnectionStrings:Monolith={connection}",
                $"--Licensing:DevelopmentKeyDirectory={Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys")}",
            ];
            Assert.Equal(0, await MonolithHost.RunAsync(["demo", .. arguments]));
            Assert.Equal(1, await MonolithHost.RunAsync(["demo", .. arguments]));

            await using var server = await MonolithServer.StartOnAsync(connection);
            using var anonymous = new ApiClient(server.Address);
            var login = await anonymous.PostAsync("/users/login", new { email = "maya-lindqvist@example.com", password = Scenario.Password });
            using var owner = new ApiClient(server.Address, login["session_token"]!.GetValue<string>());
            var summary = await owner.GetAsync("/ai-seats/summary");
            Assert.Equal("near", summary["level"]!.GetValue<string>());
            Assert.Equal(DemoUsers.All().Count(person => person.HoldsSeat), summary["actual"]!.GetValue<int>());
            Assert.NotNull(summary["limit_reached_on"]);

            var users = (await owner.GetAsync("/users?limit=0"))["users"]!.AsArray();
            Assert.Equal(DemoUsers.All().Count + 1, users.Count);
            Assert.Equal(summary["actual"]!.GetValue<int>(), users.Count(user => user!["has_ai_seat"]!.GetValue<bool>()));
            var history = (await owner.GetAsync("/ai-seats/history")).Json!.AsArray().Select(day => day!["holders"]!.GetValue<int>()).ToList();
            Assert.True(history[0] > 0 && history[0] < history[^1]);
            Assert.Equal(history.Order(), history);
            Assert.Equal(2, (await owner.GetAsync("/organizations")).Json!.AsArray().Count);

            // Nobody was seen, or used anything, before they came.
            Assert.Equal(0L, await server.SqlAsync("select count(*) from members.users person join entitlements.ai_seat_state seat on seat.user_id = person.id where seat.first_used_at < person.created_at"));
            Assert.Equal(0L, await server.SqlAsync("select count(*) from members.users where last_seen_at between created_at - interval '10 years' and created_at - interval '1 minute'"));
            Assert.Equal(0L, await server.SqlAsync("select count(*) from members.users where created_at > now() - interval '50 days'"));
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }
    }

    private static string Describe(DemoProfile person) =>
        $"{person.Username} {person.Name} {person.Status} {string.Join(',', person.SiteRoles)} {string.Join(',', person.OrganizationRoles)} {person.InResearch} {person.UsesAiFrom} {person.RunsTasks}";
}
