using Microsoft.Extensions.Configuration;
using Monolith.Api.Hosting;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>Connection strings as other programs write them.</summary>
public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://u:p@db:6432/m", "Host=db;Port=6432;Username=u;Password=p;Database=m")]
    [InlineData("postgresql://db", "Host=db")]
    [InlineData("POSTGRES://u@db/m", "Host=db;Username=u;Database=m")]
    [InlineData("postgres://us%40er:p%2Fa%3As%20s%25@db/my%20db", "Host=db;Username=us@er;Password=p/a:s s%;Database=my db")]
    [InlineData("postgres://u:a:b@db/m", "Host=db;Username=u;Password=a:b;Database=m")]
    [InlineData("postgres://u:p@a:1,b:2,c/m?target_session_attrs=read-write", "Host=a:1,b:2,c;Username=u;Password=p;Database=m;Target Session Attributes=read-write")]
    [InlineData("postgres://u:p@[::1]:5433/m", "Host=::1;Port=5433;Username=u;Password=p;Database=m")]
    [InlineData("postgres:///m?host=/var/run/postgresql&user=u", "Host=/var/run/postgresql;Username=u;Database=m")]
    [InlineData("postgres://db/m?sslmode=verify-full&sslrootcert=/ca.pem", "Host=db;Database=m;SSL Mode=VerifyFull;Root Certificate=/ca.pem")]
    [InlineData("postgres://db/m?options=-c%20search_path%3Dx&application_name=a&connect_timeout=7", "Host=db;Database=m;Options=-c search_path=x;Application Name=a;Timeout=7")]
    [InlineData("postgres://db/m?maximum_pool_size=5&Max%20Auto%20Prepare=0", "Host=db;Database=m;Maximum Pool Size=5;Max Auto Prepare=0")]
    public void Say_the_same_in_words_of_the_driver(string url, string expected) =>
        Assert.True(new NpgsqlConnectionStringBuilder(expected).EquivalentTo(new NpgsqlConnectionStringBuilder(PostgresUrl.ToConnectionString(url))), PostgresUrl.ToConnectionString(url));

    [Theory]
    [InlineData("postgres://u:S3cret@db:port/m", "port that is no number")]
    [InlineData("postgres://u:S3cret/x@db/m", "%2F")]
    [InlineData("postgres://u:S3cret@db/m?sslmod=require", "\"sslmod\"")]
    [InlineData("postgres://u:S3cret@db/m?sslmode=sometimes", "\"sslmode\"")]
    [InlineData("postgres://u:S3cret@/m", "with a host")]
    public void What_is_wrong_is_named_and_the_password_is_not(string url, string word)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:Monolith", (string?)url)]).Build();
        var fault = Assert.Throws<SettingException>(() => Database.External(configuration));
        Assert.StartsWith("ConnectionStrings__Monolith: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", fault.Message, StringComparison.Ordinal);
    }
}
