using System.CommandLine;
using System.Security.Cryptography;
using Monolith.Api.Hosting;
using Monolith.Api.Verbs.Demo;

namespace Monolith.Api.Verbs;

/// <summary><c>demo</c>: fills an empty deployment with a believable organization, through the routes of the API.</summary>
internal static class DemoVerb
{
    public static Command Create(VerbContext context)
    {
        var password = new Option<string?>("--password") { Description = "The password of everybody; made up and printed without it." };
        var command = new Command("demo", "Fills an empty deployment with about 200 people, their roles, a development license and eight weeks of AI use.") { password };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetValue(password), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, string? password, CancellationToken cancellationToken)
    {
        var clock = new DemoClock();

        // A host of its own on a port that nobody knows; a server that runs already on the same database hears of everything.
        await using var app = await ServerBuilder.BuildAsync(
            [.. context.Settings, "--urls=http://127.0.0.1:0", "--RateLimits:ApiPerMinute=0", "--RateLimits:LoginPerMinute=0", "--Hosting:DrainTime=0", "--Logging:LogLevel:Default=Warning"],
            services => services.AddSingleton<TimeProvider>(clock), cancellationToken: cancellationToken);
        if (!app.Environment.IsDevelopment())
            throw new VerbException("The demo signs a license with the development key, which only the Development environment trusts. Set ASPNETCORE_ENVIRONMENT=Development, or write --environment Development.");
        await app.StartAsync(cancellationToken);
        try
        {
            using var api = new DemoApi(new Uri(app.Urls.First()));
            await api.WaitUntilReadyAsync(app.Lifetime.ApplicationStopping, cancellationToken);
            var builder = new DemoBuilder(api, app.Services, clock, context.Terminal.Output);
            return await builder.RunAsync(password ?? MakeUpPassword(), cancellationToken);
        }
        catch (DemoException failure)
        {
            throw new VerbException(failure.Message);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static string MakeUpPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5)));
}
