using Monolith.Api.Tests.Hosting;
using Monolith.Api.Verbs;

namespace Monolith.Api.Tests.Verbs;

/// <summary>What is not understood starts nothing, and is told with what was probably meant.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("serve", "--help")]
    [InlineData("migrate", "--help")]
    [InlineData("help")]
    [InlineData("help", "migrate")]
    [InlineData("license", "issue", "-h")]
    public async Task Help_is_shown_and_nothing_starts(params string[] arguments)
    {
        await using var scratch = new Scratch();
        var run = await VerbRun.Async([.. arguments, .. EmbeddedRevivalTests.Arguments(scratch)]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.Data));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public async Task The_version_is_ours(string word)
    {
        var run = await VerbRun.Async(word);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches(@"\AMonolith [0-9]+\.[0-9]+\.[0-9]+\n\z", run.Output);
    }

    [Theory]
    [InlineData("'srve' is unknown here. Did you mean serve?", "srve")]
    [InlineData("'--hepl' is unknown here. Did you mean --help?", "--hepl")]
    [InlineData("'--url' is unknown here. Did you mean --urls?", "--url", "http://127.0.0.1:1")]
    [InlineData("'--chekc' is unknown here. Did you mean --check?", "migrate", "--chekc")]
    [InlineData("'verfy' is unknown here. Did you mean verify?", "audit", "verfy")]
    [InlineData("'reset-pasword' is unknown here. Did you mean reset-password?", "owner", "reset-pasword")]
    [InlineData("'xyzzy' is unknown here.", "xyzzy")]
    [InlineData("'now' is unknown here.", "serve", "now")]
    [InlineData("One of these is needed: keygen, issue, inspect.", "license")]
    [InlineData("--Paging:MaxLimit needs a value", "serve", "--Paging:MaxLimit")]
    public async Task A_slip_is_named_with_what_was_meant(string complaint, params string[] arguments)
    {
        await using var scratch = new Scratch();
        var run = await VerbRun.Async([.. arguments, .. EmbeddedRevivalTests.Arguments(scratch)]);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith(complaint, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error.Split('\n')[^2], StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.Data));
    }

    [Theory]
    [InlineData("--Paging:MaxLimit=5", "--Paging:MaxLimit=5")]
    [InlineData("--Paging:MaxLimit 5", "--Paging:MaxLimit=5")]
    [InlineData("--Paging__MaxLimit=5", "--Paging:MaxLimit=5")]
    [InlineData("--urls http://127.0.0.1:1", "--urls=http://127.0.0.1:1")]
    [InlineData("--urls=http://a=b", "--urls=http://a=b")]
    [InlineData("license issue --nbf 2026-01-01T00:00:00Z --subject=a:b", "")]
    public void Settings_are_taken_out_of_the_line(string line, string expected)
    {
        var split = SettingArguments.Split(line.Split(' '));
        Assert.Null(split.Fault);
        Assert.Equal(expected, string.Join(' ', split.Settings));
        Assert.Equal(expected.Length == 0 ? line : "", string.Join(' ', split.Rest));
    }
}
