using System.Collections.Concurrent;
using System.Diagnostics;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Counts what goes to the database, by the driver's own activities.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task A_page_with_the_enrichment_takes_two_round_trips_beyond_the_token_check()
    {
        await using var s = await Scenario.StartAsync();
        for (var i = 0; i < 30; i++)
            await s.CreateUserAsync($"person{i}");
        var keys = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys");
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms("test", now, now.AddDays(1), now.AddDays(2), now, Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = 5 });
        var uploaded = await s.Owner.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, DevelopmentKey.LoadOrCreate(keys).PrivateKey, DevelopmentKey.Id) });
        Assert.Equal(201, uploaded.Code);

        var database = new Npgsql.NpgsqlConnectionStringBuilder(s.Server.ConnectionString).Database;
        var commands = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Tags.Any(tag => tag.Value == database))
                    commands.Enqueue(activity.DisplayName);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var page = await s.Owner.GetAsync("/organizations/default/paginated-members?limit=25");
        Assert.Equal(25, page["members"]!.AsArray().Count);
        Assert.Equal(31, page["count"]!.GetValue<int>());
        Assert.Equal(3, commands.Count);
    }
}
