using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Keys that are limited to single objects: no list of these modules shows them another one.</summary>
public sealed class AllowListTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Interceptions_pages_counts_and_cursors_keep_to_the_ids_of_the_key()
    {
        var user = await Scenario.CreateUserAsync("narrow");
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToList();
        await SeatProbe.InterceptAsync(Scenario.Owner, [.. ids.Select((id, n) => (object)new
        {
            id, initiator_id = user, provider = "p", model = "m", started_at = Licenses.Now.AddMinutes(-10 - n), ended_at = Licenses.Now,
        })]);
        using var narrow = await KeyAsync($"aibridge_interception:{ids[1]}", $"aibridge_interception:{ids[3]}");

        var page = await narrow.GetAsync("/aibridge/interceptions");
        Assert.Equal([ids[1], ids[3]], Ids(page));
        Assert.Equal(2, page["count"]!.GetValue<int>());
        Assert.Equal(2, (await narrow.GetAsync("/aibridge/interceptions?limit=1&q=provider:p"))["count"]!.GetValue<int>());
        Assert.Equal([ids[3]], Ids(await narrow.GetAsync($"/aibridge/interceptions?after_id={ids[1]}")));
        Assert.Equal(400, (await narrow.GetAsync($"/aibridge/interceptions?after_id={ids[0]}")).Code);
        using var other = await KeyAsync($"workspace:{ids[0]}");
        Assert.Equal(0, (await other.GetAsync("/aibridge/interceptions"))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Licenses_are_those_of_the_key()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in new[] { first, second })
            Assert.Equal(201, (await Licenses.UploadAsync(Scenario.Owner, Licenses.Issue(Licenses.Seats(5) with { Id = id }))).Code);
        using var narrow = await KeyAsync($"license:{second}");
        Assert.Equal(second, Assert.Single((await narrow.GetAsync("/licenses")).Json!.AsArray())!["uuid"]!.GetValue<Guid>());
        using var none = await KeyAsync($"user:{Scenario.OwnerId}");
        Assert.Empty((await none.GetAsync("/licenses")).Json!.AsArray());
        await Licenses.ClearAsync(Scenario.Owner);
    }

    [Theory]
    [InlineData("/ai-seats", 403)]
    [InlineData("/ai-seats?limit=1&q=has-ai-seat:true", 403)]
    [InlineData("/ai-seats/summary", 403)]
    [InlineData("/ai-seats/history", 403)]
    [InlineData("/users/roles", 403)]
    [InlineData("/organizations/default/members/roles", 404)]
    [InlineData("/users/stranger/ai-seat", 404)]
    [InlineData("/users/owner/ai-seat", 200)]
    public async Task Lists_of_everybody_are_not_for_keys_of_one_user(string path, int status)
    {
        using var narrow = await KeyAsync($"user:{Scenario.OwnerId}", $"organization:{Scenario.OrganizationId}");
        Assert.Equal(status, (await narrow.GetAsync(path)).Code);
        Assert.Equal(status, (await narrow.SendAsync(HttpMethod.Get, path, null, ("Accept", "text/csv"))).Code);
    }

    private async Task<ApiClient> KeyAsync(params string[] allow_list)
    {
        var key = await Scenario.Owner.PostAsync("/users/me/keys/tokens", new { token_name = Guid.CreateVersion7().ToString("n"), allow_list });
        Assert.Equal(201, key.Code);
        return new ApiClient(Scenario.Server.Address, key["key"]!.GetValue<string>());
    }

    private static List<Guid> Ids(ApiAnswer page) => [.. page["results"]!.AsArray().Select(row => row!["id"]!.GetValue<Guid>())];
}
