namespace Monolith.Api.Tests.Verbs;

/// <summary><c>config</c>: what holds, where it comes from, and no secret.</summary>
public sealed class ConfigVerbTests
{
    [Theory]
    [InlineData("Host=db;Username=m;Password=S3cret!", "Host=db;Username=m;Password=***")]
    [InlineData("postgres://m:S3cret!@db/x", "Host=db;Username=m;Password=***;Database=x")]
    [InlineData("S3cret!", "(hidden)")]
    public async Task Secrets_are_hidden(string text, string shown)
    {
        var run = await VerbRun.Async("config", $"--ConnectionStrings:Monolith={text}");
        var line = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("ConnectionStrings__Monolith ", StringComparison.Ordinal));
        Assert.EndsWith("(command line)", line, StringComparison.Ordinal);
        foreach (var part in shown.Split(';'))
            Assert.Contains(part, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("S3cret!", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_is_shown_with_its_source_and_a_fault_is_exit_code_1()
    {
        var run = await VerbRun.Async("config", "--ConnectionStrings:Monolith=", "--Paging:MaxLimit=100", "--Licensing:TrustedKeys:k=x");
        Assert.Matches(@"(?m)^Paging__MaxLimit +100  \(command line\)$", run.Output);
        Assert.Matches(@"(?m)^Sessions__Lifetime +1d$", run.Output);
        Assert.Matches(@"(?m)^Licensing__TrustedKeys__k +x  \(command line\)$", run.Output);
        Assert.Equal(1, run.Code);
        Assert.StartsWith("Licensing__TrustedKeys__k: ", run.Error, StringComparison.Ordinal);

        var set = await VerbRun.Async("config", "--set", "--ConnectionStrings:Monolith=", "--Paging:MaxLimit=100");
        Assert.Equal(0, set.Code);
        Assert.DoesNotContain("Sessions__Lifetime", set.Output, StringComparison.Ordinal);
    }
}
