using System.Globalization;

namespace Monolith.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions(Uri Url, int Seed, int Requests, int Connections, int? Only)
{
    private const string Usage =
        """
        Usage: dotnet run -c Release --project bench/Fuzz -- [--url http://127.0.0.1:3000] [--seed 1] [--requests 200000] [--connections 8] [--only NUMBER]
          Sends requests over every operation of /openapi/v2.json and looks for answers of 5xx, hangs and malformed errors.
          It fills the deployment with people of its own: never point it at one that matters. Start the server without limits:
          RateLimits__ApiPerMinute=0 RateLimits__LoginPerMinute=0
          --only sends that one request of the run with the same seed.
        """;

    public static FuzzOptions? Parse(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < args.Length; i += 2)
            given[args[i]] = args[i + 1];
        string[] known = ["--url", "--seed", "--requests", "--connections", "--only"];
        if (args.Length % 2 != 0 || given.Keys.Except(known).Any())
        {
            Console.Error.WriteLine(Usage);
            return null;
        }

        int Number(string name, int fallback) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
        return new FuzzOptions(
            new Uri(given.GetValueOrDefault("--url", "http://127.0.0.1:3000")),
            Number("--seed", 1),
            Number("--requests", 200_000),
            Number("--connections", 8),
            given.ContainsKey("--only") ? Number("--only", 0) : null);
    }
}
