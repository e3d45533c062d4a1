using System.Net.Http.Json;
using Monolith.Testing;

namespace Monolith.Api.Tests.Costs;

/// <summary>The ten operations that a deployment answers most, on forty people with AI seats.</summary>
internal static class HotOperations
{
    public static async Task<IReadOnlyDictionary<string, Func<HttpRequestMessage>>> PrepareAsync(Scenario s)
    {
        for (var i = 0; i < 40; i++)
            await s.CreateUserAsync($"person{i:00}");
        var first = await s.Owner.GetAsync("/organizations/default/paginated-members?limit=25");
        var cursor = first["members"]![9]!["user_id"]!.GetValue<Guid>();
        await s.Owner.PostAsync("/ai-usage/interceptions", Usage(cursor));
        return new Dictionary<string, Func<HttpRequestMessage>>
        {
            ["page of members"] = Get("organizations/default/paginated-members?limit=25"),
            ["page of members after a cursor"] = Get($"organizations/default/paginated-members?limit=25&after_id={cursor}"),
            ["page of users"] = Get("users?limit=25"),
            ["search of users"] = Get("users?limit=25&q=person1"),
            ["page of AI seats"] = Get("ai-seats?limit=25"),
            ["oneself"] = Get("users/me"),
            ["a user by name"] = Get("users/person01"),
            ["organizations"] = Get("organizations"),
            ["question about rights"] = Post("authcheck", () => new { checks = new Dictionary<string, object> { ["read"] = new { @object = new { resource_type = "user" }, action = "read" } } }),
            ["report of one use"] = Post("ai-usage/interceptions", () => Usage(cursor)),
        };
    }

    private static Func<HttpRequestMessage> Get(string path) => () => new HttpRequestMessage(HttpMethod.Get, path);

    private static Func<HttpRequestMessage> Post(string path, Func<object> body) => () => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body()) };

    private static object Usage(Guid user) => new
    {
        interceptions = new[] { new { id = Guid.CreateVersion7(), initiator_id = user, provider = "anthropic", model = "claude-sonnet-4", started_at = "2026-01-01T09:00:00Z" } },
    };
}
