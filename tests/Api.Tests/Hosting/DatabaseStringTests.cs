using Microsoft.Extensions.Configuration;
using Monolith.Api.Hosting;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>What becomes of the operator's connection string.</summary>
public sealed class DatabaseStringTests
{
    private const string One = "Host=db;Username=u;Password=p";
    private const string Defaults = "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000";

    [Theory]
    [InlineData("Host=a,b;Username=u", 1)]
    [InlineData("Host=a,b;Username=u;Host Recheck Seconds=7", 7)]
    [InlineData("Server=a,b;Username=u;HostRecheckSeconds=10", 10)]
    [InlineData("Host=a;Username=u", 10)]
    public void Among_several_hosts_the_primary_is_looked_for_every_second(string text, int seconds)
    {
        Assert.Equal(seconds, Requests(text).HostRecheckSeconds);
        Assert.Equal(seconds, new NpgsqlConnectionStringBuilder(Database.ForBackground(text)).HostRecheckSeconds);
        Assert.Equal(seconds, new NpgsqlConnectionStringBuilder(Database.ForProbe(text)).HostRecheckSeconds);
    }

    [Fact]
    public void Requests_have_limits_and_the_client_waits_longer_than_the_server()
    {
        var requests = Requests(One);
        Assert.Equal(Defaults, requests.Options);
        Assert.Equal(35, requests.CommandTimeout);
        Assert.Null(new NpgsqlConnectionStringBuilder(Database.ForBackground(One)).Options);
        Assert.Null(new NpgsqlConnectionStringBuilder(Database.ForProbe(One)).Options);

        var set = Requests(One, ("Database:StatementTimeout", "2m"), ("Database:LockTimeout", "0"), ("Database:IdleInTransactionTimeout", "1500ms"));
        Assert.Equal("-c statement_timeout=120000 -c idle_in_transaction_session_timeout=1500", set.Options);
        Assert.Equal(125, set.CommandTimeout);
    }

    [Fact]
    public void Only_the_embedded_server_is_told_a_limit_of_temporary_files()
    {
        var limits = SessionLimits.Read(Configuration());
        Assert.EndsWith(" -c temp_file_limit=1GB", new NpgsqlConnectionStringBuilder(Database.ForRequests(One, limits, embedded: true)).Options, StringComparison.Ordinal);
        Assert.Equal(Defaults, new NpgsqlConnectionStringBuilder(Database.ForRequests(One, limits with { TempFiles = null }, embedded: true)).Options);
    }

    [Fact]
    public void What_the_operator_wrote_stays()
    {
        var own = Requests(One + ";Options='-c search_path=x'");
        Assert.Equal("-c search_path=x", own.Options);
        Assert.Equal(30, own.CommandTimeout);
        Assert.Equal(60, Requests(One + ";Command Timeout=60").CommandTimeout);

        // PgBouncer refuses a start with options that it was not told of.
        var off = Requests(One, ("Database:StatementTimeout", "0"), ("Database:LockTimeout", "0"), ("Database:IdleInTransactionTimeout", "0"));
        Assert.Null(off.Options);
        Assert.Equal(30, off.CommandTimeout);
    }

    [Theory]
    [InlineData("Database:StatementTimeout", "30")]
    [InlineData("Database:StatementTimeout", "-1s")]
    [InlineData("Database:LockTimeout", "5 minutes")]
    [InlineData("Database:IdleInTransactionTimeout", "25d")]
    [InlineData("Database:IdleInTransactionTimeout", "999999999999999s")]
    [InlineData("Database:TempFileLimit", "1")]
    [InlineData("Database:TempFileLimit", "1GB -c fsync=off")]
    public void A_setting_that_cannot_be_read_is_named(string key, string value)
    {
        var refusal = Assert.Throws<SettingException>(() => SessionLimits.Read(Configuration((key, value))));
        Assert.StartsWith(key.Replace(":", "__", StringComparison.Ordinal) + ": ", refusal.Message, StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Requests(string text, params (string Key, string Value)[] settings) =>
        new(Database.ForRequests(text, SessionLimits.Read(Configuration(settings)), embedded: false));

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
