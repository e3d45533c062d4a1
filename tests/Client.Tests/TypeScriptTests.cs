using Monolith.Testing;

namespace Monolith.Client.Tests;

/// <summary>The walk of README.md with the types that <c>openapi-typescript</c> makes of the API document, compiled strictly.</summary>
public sealed class TypeScriptTests
{
    [SkippableFact]
    public async Task The_walk_in_TypeScript()
    {
        NodeTools.SkipWithoutNode();
        await using var server = await MonolithServer.StartAsync();
        var folder = await NodeTools.FolderAsync();
        try
        {
            await NodeTools.RunAsync(folder, "openapi-typescript", $"{server.Address}openapi/v2.json", "--output", "schema.d.ts");
            await NodeTools.RunAsync(folder, "tsc", "--project", ".");
            var printed = await NodeTools.RunAsync(folder, "node", "walk.js", server.Address.ToString().TrimEnd('/'), TestLicense.WithSeats(10));
            Assert.Equal(
                """
                ada=false grace=true
                1
                organization-admin
                It still has 1 other member.
                ada=false grace=false
                ada=false grace=true

                """.ReplaceLineEndings("\n"),
                printed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
