using Monolith.Testing;

namespace Monolith.Clients.Tests;

/// <summary>What the Terraform provider sends for 200 users and 3 organizations, ten requests at a time, at the limits that the server is shipped with.</summary>
public sealed class TerraformReplayTests : IAsyncLifetime, IDisposable
{
    private const int Users = 200;
    private static readonly string[] Organizations = ["north", "south", "west"];
    private Scenario _s = null!;
    private GoClient _go = null!;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartAsync(("RateLimits:ApiPerMinute", "512"), ("RateLimits:LoginPerMinute", "60"));
        _go = new GoClient(_s.Server.Address, _s.Owner.Token);
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    public void Dispose() => _go.Dispose();

    [Fact]
    public async Task Two_hundred_users_and_three_organizations_are_applied_changed_and_destroyed_without_a_refusal()
    {
        await ConfigureAsync();
        var places = await TogetherAsync(Organizations, CreateOrganizationAsync);
        var people = await TogetherAsync(Enumerable.Range(0, Users), i => CreateUserAsync(i, places[i % places.Length]));

        // A plan that finds nothing to do: each object is read, and is as it was written.
        foreach (var name in await PlanAsync(places, people))
            Assert.StartsWith("Person ", name, StringComparison.Ordinal);

        await ConfigureAsync();
        await TogetherAsync(places, ChangeOrganizationAsync);
        await TogetherAsync(people, ChangeUserAsync);
        Assert.All(await PlanAsync(places, people), name => Assert.StartsWith("Changed ", name, StringComparison.Ordinal));

        // The same once more changes nothing and is refused nothing.
        await TogetherAsync(people, ChangeUserAsync);

        await ConfigureAsync();
        await TogetherAsync(people, DestroyUserAsync);
        await TogetherAsync(places, async place => await _go.DoAsync("DELETE", $"/organizations/{place}"));
        Assert.Equal(0, _go.RefusedByLimits);
        Assert.Equal("1", (await _go.DoAsync("GET", "/users"))["count"]);
        Assert.Single(System.Text.Json.Nodes.JsonNode.Parse((await _go.DoAsync("GET", "/organizations")).Text)!.AsArray());
    }

    /// <summary>What the provider asks when it starts, once for a run.</summary>
    private async Task ConfigureAsync()
    {
        await _go.DoAsync("GET", "/users/me", null, Shape.User);
        await _go.DoAsync("GET", "/entitlements", null, Shape.Entitlements);
        await _go.DoAsync("GET", "/buildinfo", null, Shape.BuildInfo);
    }

    private async Task<string> CreateOrganizationAsync(string name)
    {
        var id = (await _go.DoAsync("POST", "/organizations", new { name, display_name = name, description = "", icon = "" }, Shape.Organization))["id"];
        await _go.DoAsync("PATCH", $"/organizations/{id}/settings/workspace-sharing", new { sharing_disabled = false, shareable_workspace_owners = "service_accounts" }, Shape.Sharing);
        await ReadOrganizationAsync(id);
        return id;
    }

    private async Task ReadOrganizationAsync(string id)
    {
        await _go.DoAsync("GET", $"/organizations/{id}", null, Shape.Organization);
        await _go.DoAsync("GET", $"/organizations/{id}/settings/workspace-sharing", null, Shape.Sharing);
    }

    private async Task<string> CreateUserAsync(int i, string organization)
    {
        var username = $"person{i}";
        var id = (await _go.DoAsync(
            "POST",
            "/users",
            new { email = $"{username}@example.com", username, name = "", password = "", login_type = "none", user_status = (string?)null, organization_ids = new[] { organization } },
            Shape.User))["id"];
        await _go.DoAsync("PUT", $"/users/{id}/profile", new { username, name = $"Person {i}" }, Shape.User);
        await _go.DoAsync("PUT", $"/users/{id}/roles", new { roles = i % 10 == 0 ? new[] { "auditor" } : [] }, Shape.User);
        if (i % 20 == 0)
            await _go.DoAsync("PUT", $"/users/{id}/status/suspend", null, Shape.User);
        return id;
    }

    private async Task<IReadOnlyList<string>> PlanAsync(IEnumerable<string> places, IEnumerable<string> people)
    {
        await TogetherAsync(places, async place => { await ReadOrganizationAsync(place); return place; });
        return await TogetherAsync(people, async id => (await _go.DoAsync("GET", $"/users/{id}", null, Shape.User))["name"]);
    }

    private async Task<string> ChangeOrganizationAsync(string id)
    {
        await _go.DoAsync("PATCH", $"/organizations/{id}", new { display_name = "Changed", description = "by terraform", icon = "" }, Shape.Organization);
        await _go.DoAsync("PATCH", $"/organizations/{id}/settings/workspace-sharing", new { sharing_disabled = true }, Shape.Sharing);
        await ReadOrganizationAsync(id);
        return id;
    }

    private async Task<string> ChangeUserAsync(string id)
    {
        var username = (await _go.DoAsync("GET", $"/users/{id}", null, Shape.User))["username"];
        await _go.DoAsync("PUT", $"/users/{id}/profile", new { username, name = $"Changed {username}" }, Shape.User);
        await _go.DoAsync("PUT", $"/users/{id}/roles", new { roles = Array.Empty<string>() }, Shape.User);
        await _go.DoAsync("PUT", $"/users/{id}/status/activate", null, Shape.User);
        return (await _go.DoAsync("GET", $"/users/{id}", null, Shape.User))["id"];
    }

    private async Task<string> DestroyUserAsync(string id)
    {
        await _go.DoAsync("DELETE", $"/users/{id}");
        return id;
    }

    private static async Task<TResult[]> TogetherAsync<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> send)
    {
        var all = items.ToArray();
        var results = new TResult[all.Length];
        await Parallel.ForAsync(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (i, _) => results[i] = await send(all[i]));
        return results;
    }
}
