using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Fills a database by statement, where creating people over HTTP would take too long.</summary>
internal static class People
{
    /// <summary>Active users <c>{prefix}0</c> and on, members of the default organization. Every third one used AI.</summary>
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
        await scenario.Server.SqlAsync(
            $"""
            insert into entitlements.ai_seat_state (user_id, first_used_at, last_used_at, last_event_type, last_event_description, updated_at)
            select id, now(), now() - (username_folded || ' seconds')::interval, 'aibridge', 'provider=anthropic, model=claude-sonnet-4', now()
            from (select id, substr(username_folded, {prefix.Length + 1}) as username_folded from members.users where username like '{prefix}%') used
            where username_folded::integer % 3 = 0;
            """);
    }
}
