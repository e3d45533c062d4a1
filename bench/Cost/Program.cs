// CPU time, allocations, rates and latencies of requests, floor and product in turn. Started by bench/members.sh, which sets both up.
using System.Diagnostics;
using System.Globalization;
using Monolith.Cost;
using Npgsql;

var options = args.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
var (rounds, callers, requests) = (Number("rounds", 5), Number("callers", 8), Number("requests", 1000));
var limit = TimeSpan.FromSeconds(Number("seconds", 5));
await using var database = new NpgsqlDataSourceBuilder(options["database"]).Build();
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
http.DefaultRequestHeaders.Add("Coder-Session-Token", options["token"]);

var floor = new Scenario("floor: Kestrel, one query", new Uri(options["floor"] + "/members?limit=25"), options["floor-meter"]);
var scenarios = (await Console.In.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
    .Select(line => line.Split('\t'))
    .Select(line => new Scenario(line[0], new Uri(options["product"] + line[1]), options["product-meter"]))
    .Prepend(floor)
    .ToList();
// Every plan is made, and the code is compiled for the third time: a thousand requests were not enough, and whatever was measured first paid for all.
foreach (var scenario in scenarios)
    await scenario.RunAsync(http, database, callers, requests * Number("warm", 10), limit * 2);
foreach (var scenario in scenarios)
    scenario.Rounds.Clear();
for (var round = 0; round < rounds; round++)
{
    foreach (var scenario in scenarios)
        await scenario.RunAsync(http, database, callers, requests, limit);
}

var of = floor.Median(one => one.Total);
Console.WriteLine($"| {options["title"]} | a second | p50 ms | p99 ms | server µs | database µs | both µs | of the floor | KiB allocated |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var scenario in scenarios)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {scenario.Name} | {scenario.Median(one => one.Rate):N0} | {scenario.Median(one => one.P50):0.0} | {scenario.Median(one => one.P99):0.0} | {scenario.Median(one => one.Server):N0} | {scenario.Median(one => one.Database):N0} | {scenario.Median(one => one.Total):N0} | {of / scenario.Median(one => one.Total):0.00} | {scenario.Median(one => one.Allocated) / 1024:0.0} |"));
}

internal sealed record Round(double Rate, double P50, double P99, double Server, double Database, double Allocated)
{
    public double Total => Server + Database;
}

/// <param name="Name">What readers of the table see.</param>
/// <param name="Address">What is asked for.</param>
/// <param name="Meter">The socket of the server that answers.</param>
internal sealed record Scenario(string Name, Uri Address, string Meter)
{
    public List<Round> Rounds { get; } = [];

    public double Median(Func<Round, double> value) => Rounds.Select(value).Order().ElementAt(Rounds.Count / 2);

    /// <summary>So many requests by so many callers, or until the time is over.</summary>
    public async Task RunAsync(HttpClient http, NpgsqlDataSource database, int callers, int requests, TimeSpan limit)
    {
        var before = await Usage.ReadAsync(Meter, database);
        var times = new List<double>(requests);
        var started = Stopwatch.GetTimestamp();
        var left = requests;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var used = await Usage.ReadAsync(Meter, database) - before;
        times.Sort();
        var n = times.Count;
        Rounds.Add(new Round(n / elapsed.TotalSeconds, times[n / 2], times[n * 99 / 100], used.Server / n, used.Database / n, used.Allocated / n));

        async Task CallAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0 && Stopwatch.GetElapsedTime(started) < limit)
            {
                var begin = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(Address);
                await answer.Content.ReadAsByteArrayAsync();
                answer.EnsureSuccessStatusCode();
                lock (times)
                    times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }
    }
}
