using Microsoft.Extensions.Logging.Abstractions;
using Monolith.EmbeddedPostgres;

namespace Monolith.Api.Tests.Hosting;

public sealed class BinaryFinderTests
{
    [Fact]
    public async Task Without_binaries_and_package_clients_the_error_names_the_ways_out()
    {
        await using var scratch = new Scratch();
        var problem = await FailAsync(scratch, new SearchEnvironment(null, [scratch.Root], []));
        Assert.Contains("No initdb and postgres were found", problem, StringComparison.Ordinal);
        Assert.Contains("npm is not on PATH", problem, StringComparison.Ordinal);
        Assert.Contains("apt-get is not on PATH", problem, StringComparison.Ordinal);
        Assert.Contains("install PostgreSQL", problem, StringComparison.Ordinal);
        Assert.Contains("Postgres__BinDirectory", problem, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Monolith", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_folder_without_binaries_is_named_and_nothing_else_is_tried()
    {
        await using var scratch = new Scratch();
        var problem = await FailAsync(scratch, SearchEnvironment.Current(scratch.Root));
        Assert.Contains(scratch.Root, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("npm", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newer_installations_come_first_and_incomplete_ones_are_left_out()
    {
        await using var scratch = new Scratch();
        Install(scratch, "9", "initdb", "postgres", "pg_ctl");
        Install(scratch, "15", "initdb", "postgres", "pg_ctl");
        Install(scratch, "17", "initdb");
        var finder = Finder(new SearchEnvironment(null, [], [new InstallRoot(scratch.Root, "*")], MayObtain: false));
        Assert.Equal(
            [Path.Combine(scratch.Root, "15", "bin"), Path.Combine(scratch.Root, "9", "bin")],
            finder.Folders(Path.Combine(scratch.Root, "none")));
    }

    [Fact]
    public async Task A_linked_command_on_the_path_leads_to_its_installation()
    {
        await using var scratch = new Scratch();
        Install(scratch, "15", "initdb", "postgres", "pg_ctl");
        var links = Directory.CreateDirectory(Path.Combine(scratch.Root, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "postgres"), Path.Combine(scratch.Root, "15", "bin", "postgres"));
        var finder = Finder(new SearchEnvironment(null, [links], [], MayObtain: false));
        Assert.Equal([Path.Combine(scratch.Root, "15", "bin")], finder.Folders(Path.Combine(scratch.Root, "none")));
    }

    [Theory]
    [InlineData("18beta1")]
    [InlineData("18rc2")]
    [InlineData("19devel")]
    public async Task A_server_that_is_no_release_is_refused(string version)
    {
        await using var scratch = new Scratch();
        Install(scratch, "18", "initdb", "postgres", "pg_ctl");
        foreach (var program in new[] { "initdb", "postgres" })
        {
            var path = Path.Combine(scratch.Root, "18", "bin", program);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var problem = await FailAsync(scratch, new SearchEnvironment(null, [], [new InstallRoot(scratch.Root, "*")], MayObtain: false));
        Assert.Contains($"PostgreSQL {version} in ", problem, StringComparison.Ordinal);
        Assert.Contains("is not a release", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_that_have_started_the_cluster_are_not_asked_again_until_they_change()
    {
        await using var scratch = new Scratch();
        Install(scratch, "17", "initdb", "postgres", "pg_ctl");
        var environment = new SearchEnvironment(null, [], [new InstallRoot(scratch.Root, "*")], MayObtain: false);
        var server = Path.Combine(scratch.Root, "17", "bin", "postgres");
        var mark = new PostgresBinaries(Path.Combine(scratch.Root, "17", "bin"), 17).Mark;

        // What lies there is no program, so whoever asked it would be told.
        Assert.Equal(17, (await FindAsync(17, mark)).Major);
        foreach (var (major, proven) in ((int?, string?)[])[(17, null), (17, ""), (16, mark), (null, mark)])
            await Assert.ThrowsAsync<EmbeddedPostgresException>(() => FindAsync(major, proven));
        File.SetLastWriteTimeUtc(server, File.GetLastWriteTimeUtc(server).AddSeconds(1));
        await Assert.ThrowsAsync<EmbeddedPostgresException>(() => FindAsync(17, mark));

        // One that is named nowhere any more is not used, whatever is remembered of it.
        var elsewhere = new SearchEnvironment(null, [], [], MayObtain: false);
        mark = new PostgresBinaries(Path.Combine(scratch.Root, "17", "bin"), 17).Mark;
        await Assert.ThrowsAsync<EmbeddedPostgresException>(() => Finder(elsewhere).FindAsync(17, mark, Path.Combine(scratch.Root, "none"), CancellationToken.None));

        Task<PostgresBinaries> FindAsync(int? major, string? proven) => Finder(environment).FindAsync(major, proven, Path.Combine(scratch.Root, "none"), CancellationToken.None);
    }

    private static BinaryFinder Finder(SearchEnvironment environment) => new(environment, PostgresAccount.Own, NullLogger.Instance);

    private static async Task<string> FailAsync(Scratch scratch, SearchEnvironment environment)
    {
        var failure = await Assert.ThrowsAsync<EmbeddedPostgresException>(
            () => Finder(environment).FindAsync(null, null, Path.Combine(scratch.Root, "bin"), CancellationToken.None));
        return failure.Message;
    }

    private static void Install(Scratch scratch, string version, params string[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch.Root, version, "bin")).FullName;
        foreach (var program in programs)
            File.WriteAllText(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program), "");
    }
}
