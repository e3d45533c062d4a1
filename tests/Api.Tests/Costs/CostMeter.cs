using System.Collections.Concurrent;
using System.Diagnostics;

namespace Monolith.Api.Tests.Costs;

/// <summary>What one request costs.</summary>
/// <param name="RoundTrips">Commands that went to the database; the beginning and the end of a transaction are not among them.</param>
/// <param name="Statements">Statements in them, without those that change the role of a module, which only tests do.</param>
/// <param name="AllocatedKib">KiB that the process allocates for it, the client's part included.</param>
internal sealed record Cost(int RoundTrips, int Statements, int AllocatedKib);

/// <summary>Sends one request many times: counts by the driver's own activities, measures by the garbage collector.</summary>
internal sealed class CostMeter : IDisposable
{
    private const int WarmUp = 60;
    private const int Rounds = 12;
    private const int RequestsOfARound = 25;

    private readonly HttpClient _http;

    public CostMeter(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "/api/v2/") };
        _http.DefaultRequestHeaders.Add("Coder-Session-Token", token);
    }

    public void Dispose() => _http.Dispose();

    public async Task<Cost> MeasureAsync(Func<HttpRequestMessage> make)
    {
        for (var i = 0; i < WarmUp; i++)
            await SendAsync(make());
        var commands = await CommandsAsync(make());

        // The least of several rounds: whatever else happens meanwhile only adds.
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var requests = Enumerable.Range(0, RequestsOfARound).Select(_ => make()).ToList();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (var request in requests)
                await SendAsync(request);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return new Cost(commands.Count, commands.Sum(Statements), (int)(least / RequestsOfARound / 1024));
    }

    /// <summary>The trace tells the commands of this request from those that the server runs on its own.</summary>
    private async Task<IReadOnlyCollection<string>> CommandsAsync(HttpRequestMessage request)
    {
        var trace = ActivityTraceId.CreateRandom();
        var commands = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace && activity.GetTagItem("db.query.text") is string text)
                    commands.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        await SendAsync(request);
        return commands;
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            Assert.True(response.IsSuccessStatusCode, $"{request.RequestUri}: {(int)response.StatusCode}");
        }
    }

    private static int Statements(string command) =>
        command.Split(";\n").Count(statement => statement.Trim().Length > 0 && !statement.StartsWith("set role ", StringComparison.Ordinal));
}
