using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Licensing;
using Monolith.Kernel.Settings;

namespace Monolith.Entitlements.Licenses;

/// <summary>Reads <c>Licensing:File</c> at start (specification 2.5). No file, an empty one and existing licenses are skipped; a license that would not be accepted stops the start.</summary>
internal sealed partial class LicenseFile(IConfiguration configuration, IServiceScopeFactory scopes, ILogger<LicenseFile> log) : IStartupTask
{
    private static readonly DeclaredSetting<string?> File = DeclaredSetting.Text("Licensing:File", "", "a license that is imported at start when there is none yet");

    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared => File;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (File.Read(configuration) is not { } path)
            return;
        var token = System.IO.File.Exists(path) ? LicenseText.Clean(await System.IO.File.ReadAllTextAsync(path, cancellationToken)) : "";
        if (token.Length == 0)
        {
            LogNothing(path);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var imported = await scope.ServiceProvider.GetRequiredService<IDispatcher>().SendAsync(new ImportLicenseCommand(token), cancellationToken);
        if (imported.Error is { } error)
            throw new InvalidOperationException($"{File.Name}: {error.Message} {error.Detail}");
        if (imported.Value)
            LogImported(path);
        else
            LogSkipped();
    }

    [LoggerMessage(LogLevel.Warning, "Licensing:File is set, but there is no license at {Path}; starting without")]
    private partial void LogNothing(string path);

    [LoggerMessage(LogLevel.Information, "The license of {Path} is imported")]
    private partial void LogImported(string path);

    [LoggerMessage(LogLevel.Information, "This deployment has a license already; Licensing:File is not imported")]
    private partial void LogSkipped();
}
