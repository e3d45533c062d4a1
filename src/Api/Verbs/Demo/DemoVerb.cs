using System.Security.Cryptography;
using Monolith.Api.Hosting;

namespace Monolith.Api.Verbs.Demo;

/// <summary><c>demo</c>: fills an empty deployment with a believable organization, through the routes of the API.</summary>
internal static class DemoVerb
{
    private const string Usage =
        """
        Usage: monolith demo [--password TEXT] [options of serve]
          fills an empty deployment with about 200 people, their roles, a development license and eight weeks of AI use;
          without --password it makes one up and prints it
        """;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        if (args.Contains("--help"))
            return Say(Console.Out, Usage, 0);
        var options = args.Where(argument => !argument.StartsWith("--password=", StringComparison.Ordinal)).ToList();
        var password = args.FirstOrDefault(argument => argument.StartsWith("--password=", StringComparison.Ordinal))?["--password=".Length..];
        if (options.IndexOf("--password") is >= 0 and var at)
        {
            password = options.ElementAtOrDefault(at + 1);
            options.RemoveRange(at, Math.Min(2, options.Count - at));
        }

        var clock = new DemoClock();

        // A host of its own on a port that nobody knows; a server that runs already on the same database hears of everything.
        await using var app = await ServerBuilder.BuildAsync(
            [.. options, "--urls=http://127.0.0.1:0", "--RateLimits:ApiPerMinute=0", "--RateLimits:LoginPerMinute=0", "--Hosting:DrainTime=0", "--Logging:LogLevel:Default=Warning"],
            services => services.AddSingleton<TimeProvider>(clock));
        if (!app.Environment.IsDevelopment())
            return Say(Console.Error, "The demo signs a license with the development key, which only the Development environment trusts. Set ASPNETCORE_ENVIRONMENT=Development.", 1);
        await app.StartAsync(cancellationToken);
        try
        {
            using var api = new DemoApi(new Uri(app.Urls.First()));
            await api.WaitUntilReadyAsync(app.Lifetime.ApplicationStopping, cancellationToken);
            var builder = new DemoBuilder(api, app.Services, clock, Console.Out);
            return await builder.RunAsync(password ?? MakeUpPassword(), cancellationToken);
        }
        catch (DemoException failure)
        {
            return Say(Console.Error, failure.Message, 1);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static string MakeUpPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5)));

    private static int Say(TextWriter writer, string text, int code)
    {
        writer.WriteLine(text);
        return code;
    }
}

/// <summary>The demo cannot go on; the message is for the operator.</summary>
internal sealed class DemoException(string message) : Exception(message);
