using System.Text;
using System.Text.Json;
using Monolith.Api.Tests.BadInput;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>A write on somebody hidden leaves the same trace as one on somebody who is not there.</summary>
[Collection(BadInputGroup.Name)]
public sealed class HiddenTraceTests(BadInputServer server)
{
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["profile"] = new { username = "anybody", name = "Any Body" },
        ["password"] = new { password = "Another-Horse-10-Charger", old_password = "x" },
        ["roles"] = new { roles = Array.Empty<string>() },
        ["tokens"] = new { token_name = "any" },
        ["appearance"] = new { theme_preference = "", terminal_font = "fira-code" },
        ["preferences"] = new { task_notification_alert_dismissed = true },
    };

    [Fact]
    public async Task Hidden_and_absent_users_leave_the_same_audit_rows()
    {
        var s = server.Scenario;
        var hidden = await s.CreateUserAsync(UserSteps.Unique("trace"));
        Assert.Equal(204, (await s.Owner.DeleteAsync($"/organizations/default/members/{hidden}")).Code);
        var writes = server.Operations.Where(operation => operation.Path.Contains("{user}", StringComparison.Ordinal) && operation.Method != HttpMethod.Get).ToList();
        Assert.True(writes.Count > 12, $"{writes.Count} writes");
        var traces = new List<string>();
        foreach (var reference in new[] { hidden, Guid.CreateVersion7() })
        {
            // Each with a caller of its own: the second refusal of a kind may wait a minute until it is written.
            var (callerId, caller) = await s.AddAsync(UserSteps.Unique("trace"));
            await s.Server.SqlAsync($"delete from platform.audit_logs where actor_id = '{callerId}'");
            foreach (var write in writes)
                Assert.Equal(404, (await server.SendAsync(write.Method, write.With("default", reference.ToString("D"), "default"), BodyOf(write), caller.Token)).Code);
            traces.Add(await TraceAsync(s.Server, callerId, writes.Count));
        }

        Assert.Equal(traces[0], traces[1]);
    }

    /// <summary>Refusals are written a moment later: waits until each of them is.</summary>
    private static async Task<string> TraceAsync(MonolithServer server, Guid caller, int refusals)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await server.SqlAsync($"select coalesce(sum(occurrences), 0)::int from platform.audit_logs where actor_id = '{caller}'") is not int count || count < refusals)
            await Task.Delay(20, limit.Token);
        return (string)(await server.SqlAsync(
            $"""
            select string_agg(concat_ws(' ', operation, action, resource_type, resource_id, target, organization_id, status, times), ';' order by operation, action, resource_type)
            from (
                select operation, action, resource_type, resource_id, target, organization_id, status, sum(occurrences) as times
                from platform.audit_logs
                where actor_id = '{caller}'
                group by 1, 2, 3, 4, 5, 6, 7) refused
            """))!;
    }

    private static byte[]? BodyOf(Operation operation) => !operation.HasBody
        ? null
        : Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Bodies[operation.Path.Split('/')[^1]]));
}
