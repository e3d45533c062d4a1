namespace Monolith.Templates.Tests;

/// <summary>What CONTRIBUTING.md promises a new team: a module and two slices from the templates, and everything is green.</summary>
public sealed class TemplateTests
{
    private const string Filter = """{ "solution": { "path": "Monolith.sln", "projects": ["tests/Architecture.Tests/Architecture.Tests.csproj", "tests/Announcements.Tests/Announcements.Tests.csproj"] } }""";

    [Fact]
    public async Task A_module_and_its_slices_are_made_built_and_green()
    {
        using var copy = new RepositoryCopy();
        await copy.NewAsync("install", "./templates");
        await copy.NewAsync("monolith-module", "-n", "Announcements");
        string[] place = ["--module", "Announcements", "--room", "Notes", "--resource", "AnnouncementsModule.Note"];
        await copy.NewAsync(["monolith-slice", "-n", "GetNote", .. place]);
        await copy.NewAsync(["monolith-slice", "-n", "RenameNote", "--kind", "command", .. place]);

        // The steps that the templates name.
        await copy.DotnetAsync("add", "src/Api", "reference", "src/Modules/Announcements");
        copy.AddLine("src/Api/Modules.cs", "    [", "        RegisteredModule.Of<Announcements.AnnouncementsModule>(),");
        copy.AddLine("src/Modules/Announcements/AnnouncementsModule.cs", "services.AddScoped<INoteWriter, NoteWriter>();", "        services.AddScoped<IRenameNoteWriter, RenameNoteWriter>();");

        await File.WriteAllTextAsync(Path.Combine(copy.Folder, "Made.slnf"), Filter);
        var printed = await copy.DotnetAsync("test", "Made.slnf", "--nologo");
        Assert.Contains("Monolith.Announcements.Tests.dll", printed, StringComparison.Ordinal);
        Assert.Contains("Monolith.Architecture.Tests.dll", printed, StringComparison.Ordinal);
    }
}
