using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Fills a database by statement, where creating people over HTTP would take too long.</summary>
internal static class People
{
    /// <summary>Active users <c>{prefix}0</c> and on, members of the default organization.</summary>
    public static async Task AddAsync(Scenario scenario, int count, string prefix = "person")
    {
        await scenario.Server.SqlAsync(
            $"""
            insert into members.users (id, username, username_folded, email, email_folded, name, name_folded, status, login_type, created_at, updated_at)
            select gen_random_uuid(), p, p, p || '@example.com', p || '@example.com', 'Person ' || i, 'person ' || i, 'active', 'password', now(), now()
            from (select i, '{prefix}' || i as p from generate_series(0, {count - 1}) i) numbered;
            insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at)
            select '{scenario.OrganizationId}', id, username_folded, now(), now()
            from members.users
            where username like '{prefix}%';
            """);
    }

    /// <summary>Reports a use of AI by each, a second apart, the first one last.</summary>
    public static async Task UseAiAsync(Scenario scenario, Func<string, bool> usernames)
    {
        var users = (await scenario.Owner.GetAsync("/users"))["users"]!.AsArray().Where(user => usernames(user!["username"]!.GetValue<string>()));
        var events = users.Select((user, i) => SeatProbe.Interception(user!["id"]!.GetValue<Guid>(), startedAt: Licenses.Now.AddMinutes(-1).AddSeconds(-i))).ToArray();
        SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(scenario.Owner, events), events.Length, 0);
    }

    /// <summary>For <see cref="UseAiAsync"/>: <c>person0</c>, <c>person3</c> and so on.</summary>
    public static bool IsEveryThird(string username) => username.StartsWith("person", StringComparison.Ordinal) && int.Parse(username.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture) % 3 == 0;
}
