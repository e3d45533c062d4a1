using Monolith.Api.Hosting;

namespace Monolith.Api.Tests.Hosting;

/// <summary><c>docs/guide/settings.md</c> says what the catalog says.</summary>
public sealed class SettingDocumentTests
{
    private const string Switch = "MONOLITH_WRITE_DOCS";

    [Fact]
    public async Task The_reference_is_what_the_program_reads()
    {
        var expected = SettingDocument.Write(SettingCatalog.All).ReplaceLineEndings("\n");
        var file = Path.Combine(Root(), "docs", "guide", "settings.md");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(file, expected);
        var written = File.Exists(file) ? (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n") : "";
        Assert.True(expected == written, $"docs/guide/settings.md is out of date. Write it anew with {Switch}=1 dotnet test tests/Api.Tests --filter SettingDocumentTests");
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Monolith.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
