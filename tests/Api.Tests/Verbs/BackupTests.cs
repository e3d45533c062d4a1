using Monolith.Api.Tests.Hosting;

namespace Monolith.Api.Tests.Verbs;

/// <summary><c>backup</c> and <c>restore</c> of the embedded database, while a host uses it.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task What_was_saved_comes_back_while_a_host_uses_the_database()
    {
        await using var scratch = new Scratch();
        var host = await scratch.StartAsync();
        string[] arguments = EmbeddedRevivalTests.Arguments(scratch);
        var file = Path.Combine(scratch.Root, "monolith.dump");
        Assert.Equal(0, (await VerbRun.Async(["migrate", .. arguments])).Code);
        await Scratch.RunAsync(host, "create table kept (n int); insert into kept values (42)");

        var saved = await VerbRun.Async(["backup", file, .. arguments]);
        Assert.True(saved.Code == 0, saved.Error);
        Assert.StartsWith("Saved to ", saved.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Single(Directory.EnumerateFiles(scratch.Root, "monolith.dump*"));
        Assert.Contains("--force", (await VerbRun.Async(["backup", file, .. arguments])).Error, StringComparison.Ordinal);

        await Scratch.RunAsync(host, "update kept set n = 1");
        Assert.Contains("--yes", (await VerbRun.Async(["restore", file, .. arguments])).Error, StringComparison.Ordinal);
        Assert.Equal(1, await Scratch.RunAsync(host, "select n from kept"));

        var restored = await VerbRun.Async(["restore", file, "--yes", .. arguments]);
        Assert.True(restored.Code == 0, restored.Error);
        Assert.Equal(42, await Scratch.RunAsync(host, "select n from kept"));
        Assert.Equal(1L, await Scratch.RunAsync(host, "select count(*) from pg_database where datname like 'monolith_before_%'"));
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_everything_as_it_was()
    {
        await using var scratch = new Scratch();
        var host = await scratch.StartAsync();
        string[] arguments = EmbeddedRevivalTests.Arguments(scratch);
        var file = Path.Combine(scratch.Root, "monolith.dump");
        Assert.Equal(0, (await VerbRun.Async(["migrate", .. arguments])).Code);

        // Of a newer version.
        await Scratch.RunAsync(host, "insert into platform.schema_migrations (module, name, checksum) values ('newer', '0001_first.sql', 'x')");
        Assert.Equal(0, (await VerbRun.Async(["backup", file, .. arguments])).Code);
        await Scratch.RunAsync(host, "delete from platform.schema_migrations where module = 'newer'");
        var newer = await VerbRun.Async(["restore", file, "--yes", .. arguments]);
        Assert.Equal(1, newer.Code);
        Assert.Contains("a newer version has been here", newer.Error, StringComparison.Ordinal);

        // Half of one, and none at all.
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^2000]);
        Assert.Equal(1, (await VerbRun.Async(["restore", file, "--yes", .. arguments])).Code);
        await File.WriteAllTextAsync(file, "select 1");
        Assert.Contains("is no backup", (await VerbRun.Async(["restore", file, "--yes", .. arguments])).Error, StringComparison.Ordinal);
        Assert.Equal(1L, await Scratch.RunAsync(host, "select count(*) from pg_database where datname like 'monolith%' and datallowconn"));
    }

    [Theory]
    [InlineData("backup", "pg_dump --format custom")]
    [InlineData("restore", "pg_restore")]
    public async Task For_a_database_of_ones_own_the_command_is_told(string verb, string words)
    {
        var file = Path.GetTempFileName();
        var run = await VerbRun.Async(verb, file, verb == "backup" ? "--force" : "--yes", "--ConnectionStrings:Monolith=Host=db;Username=m;Password=S3cret;Database=x");
        File.Delete(file);
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains("host=db port=5432 dbname=x user=m", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", run.Error, StringComparison.Ordinal);
    }
}
