using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Reports AI use, and asks for seats everywhere they are shown.</summary>
internal static class SeatProbe
{
    public static object Interception(Guid initiator, Guid? id = null, DateTimeOffset? startedAt = null, string provider = "anthropic") => new
    {
        id = id ?? Guid.CreateVersion7(),
        initiator_id = initiator,
        provider,
        model = "claude-sonnet-4",
        started_at = startedAt ?? Licenses.Now,
    };

    public static Task<ApiAnswer> InterceptAsync(ApiClient client, params object[] interceptions) =>
        client.PostAsync("/ai-usage/interceptions", new { interceptions });

    public static Task<ApiAnswer> BuildAsync(Scenario scenario, Guid owner, string transition = "start", bool task = true, Guid? workspace = null) =>
        scenario.Owner.PostAsync("/ai-usage/workspace-builds", new
        {
            builds = new[]
            {
                new
                {
                    id = Guid.CreateVersion7(),
                    workspace_id = workspace ?? Guid.CreateVersion7(),
                    workspace_name = "dev",
                    owner_id = owner,
                    organization_id = scenario.OrganizationId,
                    build_number = 1,
                    transition,
                    has_ai_task = task,
                    created_at = Licenses.Now,
                },
            },
        });

    public static void AssertCounts(ApiAnswer answer, int accepted, int duplicates, params string[] rejectedFields)
    {
        Assert.Equal(200, answer.Code);
        Assert.Equal((accepted, duplicates), (answer["accepted"]!.GetValue<int>(), answer["duplicates"]!.GetValue<int>()));
        Assert.Equal(rejectedFields, answer["rejected"]!.AsArray().Select(row => row!["field"]!.GetValue<string>()));
    }

    /// <summary>The flag of a member of the default organization, on all five answers, which agree.</summary>
    public static async Task AssertSeatAsync(Scenario scenario, Guid user, bool expected)
    {
        var path = $"/organizations/{scenario.OrganizationId}";
        JsonNode?[] answers =
        [
            Row((await scenario.Owner.GetAsync("/users?limit=0"))["users"], "id", user),
            (await scenario.Owner.GetAsync($"/users/{user}")).Json,
            Row((await scenario.Owner.GetAsync($"{path}/members")).Json, "user_id", user),
            Row((await scenario.Owner.GetAsync($"{path}/paginated-members?limit=0"))["members"], "user_id", user),
            (await scenario.Owner.GetAsync($"{path}/members/{user}")).Json,
        ];
        Assert.All(answers, answer => Assert.Equal(expected, answer!["has_ai_seat"]!.GetValue<bool>()));
    }

    /// <summary>The invariant: flags, <c>actual</c> and the summary say the same.</summary>
    public static async Task AssertTotalAsync(Scenario scenario, long expected)
    {
        var users = (await scenario.Owner.GetAsync("/users?limit=0"))["users"]!.AsArray();
        var summary = await scenario.Owner.GetAsync("/ai-seats/summary");
        var feature = (await scenario.Owner.GetAsync("/entitlements"))["features"]!["ai_governance_user_limit"]!;
        Assert.Equal(expected, users.LongCount(user => user!["has_ai_seat"]!.GetValue<bool>()));
        Assert.Equal(expected, summary["actual"]!.GetValue<long>());
        if (feature["enabled"]!.GetValue<bool>())
            Assert.Equal(expected, feature["actual"]!.GetValue<long>());
    }

    private static JsonNode? Row(JsonNode? list, string key, Guid id) =>
        list!.AsArray().Single(row => row![key]!.GetValue<Guid>() == id);
}
