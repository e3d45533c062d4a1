using Monolith.Testing;

namespace Monolith.Client.Tests;

/// <summary>The API document under the recommended rules of two linters: <c>node/lint.sh</c>.</summary>
public sealed class LintTests
{
    [SkippableFact]
    public async Task Redocly_and_spectral_have_nothing_to_say()
    {
        NodeTools.SkipWithoutNode();
        await using var server = await MonolithServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var folder = await NodeTools.FolderAsync();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "v2.json"), await http.GetStringAsync("/openapi/v2.json"));
            await NodeTools.RunAsync(folder, "bash", "lint.sh", "v2.json");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
