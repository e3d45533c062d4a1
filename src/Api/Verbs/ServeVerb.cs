using System.CommandLine;
using Monolith.Api.Hosting;

namespace Monolith.Api.Verbs;

/// <summary><c>serve</c>, and no verb at all: runs the server until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("serve", "Runs the server. It migrates the database first.");
        command.SetAction((_, cancellationToken) => RunAsync(context, cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var app = await ServerBuilder.BuildAsync([.. context.Settings], look: ListenSettings.CheckFree, cancellationToken: cancellationToken);
        return await RunAsync(app, cancellationToken);
    }

    /// <summary>Runs it until it is told to stop.</summary>
    internal static async Task<int> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        // A signal that comes when the server is put together and does not listen to signals itself yet. Stopped while it binds its addresses, the host would log a failure.
        await using var early = cancellationToken.Register(() => app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication));
        var readiness = app.Services.GetRequiredService<DatabaseReadiness>();
        var stopping = app.Lifetime.ApplicationStopping; // gone with the services when the run has ended
        try
        {
            await app.RunAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The database could not be prepared, and was faster to say so than the server was to listen.
        }

        return readiness.Failure is null ? 0 : 1;
    }
}
