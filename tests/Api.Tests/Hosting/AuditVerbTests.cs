using Monolith.Api.Tests.Verbs;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary>The verb <c>audit verify</c>, beside a running server.</summary>
public sealed class AuditVerbTests
{
    [Fact]
    public async Task Says_that_every_row_fits_and_names_the_first_that_does_not()
    {
        await using var s = await Scenario.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await s.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs") is not 0L)
            await Task.Delay(50, limit.Token);
        var (code, output, error) = await RunAsync(s, "verify");
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("Every row fits.\n", output, StringComparison.Ordinal);
        Assert.Contains((string)(await s.Server.SqlAsync("select encode(hash, 'hex') from audit.seals order by position desc limit 1"))!, output, StringComparison.Ordinal);

        var id = await s.Server.SqlAsync("update platform.audit_logs set target = 'x' where id = (select row_id from audit.seals where position = 1) returning id");
        (code, _, error) = await RunAsync(s, "verify");
        Assert.Equal(1, code);
        Assert.Contains($"{id}, position 1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("look")]
    [InlineData("verify", "now")]
    public async Task What_it_does_not_understand_starts_nothing(params string[] arguments)
    {
        var run = await VerbRun.Async(["audit", .. arguments]);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains("monolith audit", run.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(Scenario s, params string[] arguments)
    {
        var run = await VerbRun.Async(["audit", .. arguments, $"--ConnectionStrings:Monolith={s.Server.ConnectionString}", "--Database:ModuleRoles=true"]);
        return (run.Code, run.Output, run.Error);
    }
}
