using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Monolith.Api.Hosting;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Tests.Hosting;

/// <summary>One catalog of all settings: it validates, and nothing is read beside it.</summary>
public sealed partial class SettingCatalogTests
{
    [Theory]
    [InlineData("RateLimits:ApiPerMinut", "5", "RateLimits__ApiPerMinut: there is no such setting. Did you mean RateLimits__ApiPerMinute?")]
    [InlineData("RateLimit:ApiPerMinute", "5", "RateLimit__ApiPerMinute: there is no such setting. Did you mean RateLimits__ApiPerMinute?")]
    [InlineData("Database:Anything", "5", "Database__Anything: there is no such setting.")]
    [InlineData("ConnectionStrings:Monolit", "Host=x", "ConnectionStrings__Monolit: there is no such setting. Did you mean ConnectionStrings__Monolith?")]
    [InlineData("Sessions:Lifetime:Days", "5", "Sessions__Lifetime__Days: there is no such setting. Did you mean Sessions__Lifetime?")]
    [InlineData("Modules:Members:Enabled", "false", "Modules: modules are not switched on and off by settings.")]
    [InlineData("Paging:MaxLimit", "-5", "Paging__MaxLimit: \"-5\" is too small. Write 0 or more.")]
    [InlineData("Sessions:Lifetime", "30", "Sessions__Lifetime: \"30\" has no unit. Write 30s, 30m, 30h or 30d.")]
    [InlineData("Sessions:Lifetime", "-1d", "Sessions__Lifetime: \"-1d\" is no lifetime.")]
    [InlineData("Database:LockTimeout", "5", "Database__LockTimeout: \"5\" has no unit. Write 5s, 5m, 5h or 5d.")]
    [InlineData("Hosting:DrainTime", "-1s", "Hosting__DrainTime: \"-1s\" is no duration")]
    [InlineData("Log:Format", "xml", "Log__Format: \"xml\" is neither text nor json.")]
    [InlineData("ConnectionStrings:Monolith", "Host=a,b;Target Session Attributes=prefer-standby", "ConnectionStrings__Monolith: must lead to the primary")]
    public void A_fault_is_one_line_that_says_what_to_write(string key, string value, string line)
    {
        var fault = Assert.Throws<SettingException>(() => SettingCatalog.Check(Of((key, value))));
        Assert.StartsWith(line, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var fault = Assert.Throws<SettingException>(() => SettingCatalog.Check(Of(
            ("Paging:MaxLimit", "x"), ("Proxy:KnownProxies", "here"), ("Proxy:PathBase", "here"), ("Entitlements:CommunityFeatures", "no_such_feature"), ("Sessions:Life", "1d"))));
        Assert.StartsWith("5 settings cannot be used:\n", fault.Message, StringComparison.Ordinal);
        foreach (var name in (string[])["Paging__MaxLimit", "Proxy__KnownProxies", "Proxy__PathBase", "Entitlements__CommunityFeatures", "Sessions__Life"])
            Assert.Single(fault.Message.Split('\n'), line => line.StartsWith($"  {name}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_other_programs_put_into_the_environment_is_left_alone() => SettingCatalog.Check(Of(
        ("Logging:LogLevel:X", "None"), ("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:1"), ("npm_config:x", "1"), ("Proxy:KnownProxies:0", "10.0.0.7"), ("Licensing:File", "")));

    [Fact]
    public void Names_are_unique_and_say_what_they_mean()
    {
        var all = SettingCatalog.All;
        Assert.True(all.Count > 30);
        Assert.Equal(all.Count, all.Select(setting => setting.Key.ToUpperInvariant()).Distinct().Count());
        Assert.All(all, setting => Assert.False(setting.Meaning.EndsWith('.'), setting.Name));
    }

    [Fact]
    public void The_program_reads_no_key_that_is_not_declared()
    {
        var source = Path.Combine(SettingDocumentTests.Root(), "src");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var read = files.SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Key: match.Groups[1].Value))).ToList();
        Assert.True(read.Count > 25);
        var declared = SettingCatalog.All.Select(setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Empty(read.Where(one => !declared.Contains(one.Key) && !one.Key.StartsWith("Logging:", StringComparison.Ordinal) && !one.Key.StartsWith("Kestrel:", StringComparison.Ordinal)).Select(one => $"{one.File}: declare {one.Key} with DeclaredSetting, in the Settings of its module"));
    }

    private static IConfigurationRoot Of(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();

    [GeneratedRegex("""(?:onfiguration\[|GetSection\(|Setting\.\w+\([^"]*?|"(?=\w+:\w+",))"?([A-Z]\w+:[A-Z]\w+)""")]
    private static partial Regex Key();
}
