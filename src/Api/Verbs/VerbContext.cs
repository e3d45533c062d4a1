using Monolith.Api.Hosting;
using Monolith.Data.Migrations;

namespace Monolith.Api.Verbs;

/// <summary>What a verb works with.</summary>
/// <param name="Settings">Of the command line, as the server takes them.</param>
/// <param name="Terminal">Where it reads and writes.</param>
internal sealed record VerbContext(IReadOnlyList<string> Settings, Terminal Terminal)
{
    /// <summary>The settings, with the environment and the files. Nothing is checked yet.</summary>
    public IConfigurationRoot Configuration() => ServerBuilder.Configuration([.. Settings]);

    /// <summary>A host that listens nowhere, on the database of the settings, migrated. It is silent below warnings.</summary>
    public async Task<int> WithServicesAsync(Func<IServiceProvider, CancellationToken, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var app = await ServerBuilder.BuildAsync([.. Settings, "--Logging:LogLevel:Default=Warning"], cancellationToken: cancellationToken);
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider, cancellationToken);
    }
}
