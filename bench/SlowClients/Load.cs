using System.Diagnostics;

namespace Monolith.SlowClients;

/// <summary>What eight callers of a page of members saw, and whether the server said that it was ready all the time.</summary>
internal sealed record Load(int Pages, double P50, double P99, int Failed, int Ready, int Asked)
{
    private const int Callers = 8;
    private const string Page = "/api/v2/organizations/default/paginated-members?limit=25";

    public static async Task<Load> RunAsync(Uri server, string token, TimeSpan time)
    {
        using var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", token);
        var (times, failed, ready, asked) = (new List<double>(), 0, 0, 0);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll([.. Enumerable.Range(0, Callers).Select(_ => CallAsync()), AskAsync()]);
        times.Sort();
        return new Load(times.Count, At(0.5), At(0.99), failed, ready, asked);

        double At(double part) => times.Count == 0 ? double.NaN : times[(int)(part * (times.Count - 1))];

        async Task CallAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var begin = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(new Uri(Page, UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                lock (times)
                {
                    times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    failed += answer.IsSuccessStatusCode ? 0 : 1;
                }
            }
        }

        async Task AskAsync()
        {
            using var probe = new HttpClient { BaseAddress = server };
            for (; Stopwatch.GetElapsedTime(started) < time; asked++)
            {
                using var answer = await probe.GetAsync(new Uri("/readyz", UriKind.Relative));
                ready += answer.IsSuccessStatusCode ? 1 : 0;
                await Task.Delay(50);
            }
        }
    }
}
