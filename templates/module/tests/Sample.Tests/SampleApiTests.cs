using Monolith.Testing;

namespace Monolith.Sample.Tests;

/// <summary>The module over HTTP, on a real PostgreSQL, with the rights of its own role.</summary>
public sealed class SampleApiTests
{
    [Fact]
    public async Task A_note_of_the_owner_is_read_by_everybody()
    {
        await using var scenario = await Scenario.StartAsync();
        var (_, member) = await scenario.AddAsync("ann");
        Assert.Equal(201, (await scenario.Owner.PostAsync("/sample/notes", new { title = "Lunch is late" })).Code);
        Assert.Equal(409, (await scenario.Owner.PostAsync("/sample/notes", new { title = "Lunch is late" })).Code);
        Assert.Equal(400, (await scenario.Owner.PostAsync("/sample/notes", new { title = "" })).Code);
        Assert.Equal(403, (await member.PostAsync("/sample/notes", new { title = "Lunch is early" })).Code);
        var page = await member.GetAsync("/sample/notes?limit=25");
        Assert.Equal(1, page["count"]!.GetValue<long>());
        Assert.Equal("Lunch is late", page["notes"]![0]!["title"]!.GetValue<string>());
        Assert.Equal(401, (await scenario.Anonymous().GetAsync("/sample/notes")).Code);
    }
}
