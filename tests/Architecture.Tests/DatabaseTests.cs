using System.Text.RegularExpressions;

namespace Monolith.Architecture.Tests;

/// <summary>Who speaks to the database, and where its objects are defined.</summary>
public sealed partial class DatabaseTests
{
    [Fact]
    public void Statements_of_modules_run_with_the_rights_of_their_module()
    {
        // A connection that listens touches no schema.
        var files = Solution.Sources(Path.Combine("src", "Modules")).Where(file => Path.GetFileName(file) != "LicenseChangeFeed.cs").ToList();
        Assert.True(files.Count > 50);
        Assert.Contains(files, file => File.ReadAllText(file).Contains("Db<", StringComparison.Ordinal));
        var strays = files.Where(file => DataSource().IsMatch(File.ReadAllText(file))).ToList();
        Assert.True(strays.Count == 0, $"Take Db<TModule> of the module in place of a connection: {string.Join(", ", strays)}");
    }

    [Fact]
    public void Work_beside_the_requests_takes_no_connection_of_theirs()
    {
        var files = Solution.Sources(Path.Combine("src", "Modules")).Where(file => BesideRequests().IsMatch(File.ReadAllText(file))).ToList();
        Assert.True(files.Count > 2);
        Faults.None(files.Where(file => File.ReadAllText(file).Contains("CreateAsyncScope(", StringComparison.Ordinal))
            .Select(file => $"{Solution.Relative(file)} works beside the requests: take scopes.CreateBackgroundScope()"));
    }

    [Fact]
    public void A_definition_defines_what_its_file_is_named_after_and_nothing_else_does()
    {
        var files = Solution.Sources("src", "sql").Select(file => (Path: file, Kind: new DirectoryInfo(Path.GetDirectoryName(file)!).Name, Text: File.ReadAllText(file))).ToList();
        foreach (var (path, kind, text) in files)
        {
            string[] expected = kind is "Views" or "Functions" or "Triggers" ? [Path.GetFileNameWithoutExtension(path)] : [];
            var defined = Definition().Matches(text).Select(match => match.Groups["table"].Success ? match.Groups["table"].Value : match.Groups["name"].Value).Distinct();
            Assert.True(expected.SequenceEqual(defined), $"{path} defines {string.Join(", ", defined)}. Every view and function has a file of its own, and the triggers of a table have one.");
        }

        Assert.True(files.Count(file => file.Kind is "Views" or "Functions" or "Triggers") > 20);
    }

    [GeneratedRegex(@"\bclass \w+\([^)]*\) : (RecurringWork|BackgroundService)\b")]
    private static partial Regex BesideRequests();

    [GeneratedRegex(@"\bNpgsql(DataSource|Connection|Command|Batch)\b")]
    private static partial Regex DataSource();

    [GeneratedRegex(@"^create (?:or replace )?(?:(?:view|function) (?<name>[a-z0-9_.]+)|trigger .*? on (?<table>[a-z0-9_.]+))", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
