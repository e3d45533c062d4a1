using System.Collections.Concurrent;
using System.Diagnostics;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Counts what goes to the database, by the driver's own activities.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task A_page_with_the_enrichment_takes_two_round_trips_and_the_token_check_goes_with_the_first()
    {
        await using var s = await Scenario.StartAsync();
        for (var i = 0; i < 30; i++)
            await s.CreateUserAsync($"person{i}");
        var keys = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys");
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms("test", now, now.AddDays(1), now.AddDays(2), now, Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = 5 });
        var uploaded = await s.Owner.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, DevelopmentKey.LoadOrCreate(keys).PrivateKey, DevelopmentKey.Id) });
        Assert.Equal(201, uploaded.Code);

        // Nothing is known of the session in this organization before.
        Assert.Equal(200, (await s.Owner.GetAsync("/organizations/default/paginated-members?limit=25")).Code);

        // The trace tells the commands of this request from those that the server runs on its own.
        var trace = ActivityTraceId.CreateRandom();
        var commands = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // A pool that opens another connection has an activity without a text.
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace && activity.GetTagItem("db.query.text") is string text)
                    commands.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var page = await s.Owner.SendAsync(
            HttpMethod.Get,
            "/organizations/default/paginated-members?limit=25",
            null,
            ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        Assert.Equal(25, page["members"]!.AsArray().Count);
        Assert.Equal(31, page["count"]!.GetValue<int>());
        Assert.Equal(2, commands.Count);
    }
}
