using Microsoft.Extensions.Configuration;
using Monolith.Api.Hosting;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>What becomes of a connection string that leads to a pooler, and of the one past it.</summary>
public sealed class PooledStringTests
{
    private const string Pooler = "Host=pooler;Username=u;Password=p";

    [Fact]
    public void Nothing_is_kept_on_a_connection_that_is_another_s_next()
    {
        var requests = Requests(Pooler);
        Assert.Equal((0, true, (string?)null, 35), (requests.MaxAutoPrepare, requests.NoResetOnClose, requests.Options, requests.CommandTimeout));
        Assert.True(Requests(Pooler + ";No Reset On Close=false").NoResetOnClose);

        var probe = new NpgsqlConnectionStringBuilder(Database.ForProbe(Pooler, isPooled: true));
        Assert.Equal((0, true), (probe.MaxAutoPrepare, probe.NoResetOnClose));
        Assert.False(new NpgsqlConnectionStringBuilder(Database.ForProbe(Pooler)).NoResetOnClose);
    }

    [Fact]
    public void What_the_operator_wrote_stays()
    {
        Assert.Equal(25, Requests(Pooler + ";Max Auto Prepare=25").MaxAutoPrepare);
        Assert.Equal("-c search_path=x", Requests(Pooler + ";Options='-c search_path=x'").Options);
        Assert.Equal(7, new NpgsqlConnectionStringBuilder(Database.ForBackground("Host=db;Max Auto Prepare=7")).MaxAutoPrepare);
        Assert.Equal(0, new NpgsqlConnectionStringBuilder(Database.ForProbe("Host=db;Max Auto Prepare=0")).MaxAutoPrepare);
        Assert.Equal(100, new NpgsqlConnectionStringBuilder(Database.ForBackground("Host=db")).MaxAutoPrepare);
    }

    [Theory]
    [InlineData("Host=db", "", "belongs into ConnectionStrings__Monolith")]
    [InlineData("Host=db", "Host=pooler", "Database__ModuleRoles", "true")]
    [InlineData("monolith", "Host=pooler", "must be a connection string")]
    public void A_way_past_it_that_leads_nowhere_is_named(string direct, string pooled, string complaint, string moduleRoles = "false")
    {
        var refusal = Assert.Throws<SettingException>(() => Database.Direct(Configuration(direct, pooled, moduleRoles)));
        Assert.StartsWith("ConnectionStrings__MonolithDirect: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_pooler_there_is_no_way_past_it()
    {
        Assert.Null(Database.Direct(Configuration("", "Host=db", "true")));
        Assert.Equal("Host=db", Database.Direct(Configuration("Host=db", "Host=pooler", "false")));
    }

    private static NpgsqlConnectionStringBuilder Requests(string text) =>
        new(Database.ForPooledRequests(text, SessionLimits.Read(Configuration("", text, "false"))));

    private static IConfiguration Configuration(string direct, string pooled, string moduleRoles) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:MonolithDirect"] = direct,
            ["ConnectionStrings:Monolith"] = pooled,
            ["Database:ModuleRoles"] = moduleRoles,
        })
        .Build();
}
