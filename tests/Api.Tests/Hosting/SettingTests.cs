using Monolith.Api.Hosting;
using Monolith.Api.Verbs;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A setting that cannot be read stops the start with one line that names it, and starts no database.</summary>
public sealed class SettingTests
{
    /// <summary>Paths: every text is one.</summary>
    private static readonly string[] AnyText = ["Postgres__DataDirectory", "Postgres__BinDirectory", "Licensing__File", "Licensing__DevelopmentKeyDirectory", "Metrics__Token"];

    public static TheoryData<string, string> Unreadable => new()
    {
        { "ConnectionStrings__Monolith", "monolith" },
        { "ConnectionStrings__MonolithDirect", "monolith" },
        { "Database__StatementTimeout", "soon" },
        { "Database__LockTimeout", "soon" },
        { "Database__IdleInTransactionTimeout", "soon" },
        { "Database__TempFileLimit", "much" },
        { "Hosting__DrainTime", "soon" },
        { "Hosting__ShutdownTimeout", "soon" },
        { "ASPNETCORE_URLS", "here" },
        { "Licensing__TrustedKeys__release", "x" },
        { "Entitlements__CommunityFeatures", "no_such_feature" },
        { "Entitlements__CommunityFeatures", "scim" },
        { "RateLimits__ApiPerMinute", "abc" },
        { "RateLimits__LoginPerMinute", "abc" },
        { "Limits__Connections", "x" },
        { "Limits__ConnectionsPerAddress", "x" },
        { "Limits__StreamsPerCaller", "x" },
        { "Proxy__KnownProxies", "here" },
        { "Proxy__KnownNetworks", "here" },
        { "Proxy__ForwardLimit", "x" },
        { "Proxy__PathBase", "here" },
        { "Sessions__Lifetime", "soon" },
        { "Sessions__DisableExpiryRefresh", "x" },
        { "Sessions__MaxTokenLifetime", "soon" },
        { "Sessions__MaxOwnerTokenLifetime", "soon" },
        { "Compatibility__ApiVersion", "2.34" },
        { "Compatibility__ApiVersion", "v2.34.0+ours" },
        { "Sessions__DisablePasswordAuth", "x" },
        { "Users__DormantAfter", "soon" },
        { "Users__DormantAfter", "30m" },
        { "Users__DormantServiceAccounts", "x" },
        { "Paging__MaxLimit", "x" },
        { "Paging__MaxLimit", "-5" },
        { "Log__Format", "xml" },
        { "Sessions__KeepEnded", "30" },
        { "Sessions__KeepExpiredTokens", "-1d" },
        { "Usage__KeepInterceptions", "soon" },
        { "Users__EraseAfter", "1s" },
        { "Metrics__Urls", "here" },
        { "Metrics__Urls", "http://127.0.0.1:0" },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "here" },
        { "Database__ModuleRoles", "x" },
        { "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true" },
        { "Audit__Retention", "x" },
        { "Audit__Retention", "-1" },
        { "Notifications__Smtp__Host", "mail server" },
        { "Notifications__Smtp__Port", "587" },
        { "Notifications__Smtp__Tls", "tls" },
        { "Notifications__Smtp__User", "monolith" },
        { "Notifications__Smtp__Password", "secret" },
        { "Notifications__Smtp__From", "monolith@example.com" },
        { "Users__InvitationLifetime", "soon" },
        { "Notifications__AllowPrivateTargets", "x" },
        { "Notifications__Interval", "soon" },
        { "Notifications__Timeout", "soon" },
        { "Notifications__Retention", "x" },
        { "Notifications__Retention", "0" },
        { "Roles__DisableOwnerWorkspaceAccess", "x" },
        { "Roles__DisableWorkspaceSharing", "x" },
        { "Roles__DisableChatSharing", "x" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_unreadable_setting_stops_the_start_and_is_named(string setting, string value)
    {
        await using var scratch = new Scratch();
        var key = SettingCatalog.All.FirstOrDefault(one => one.Name == setting)?.Key ?? setting.Replace("__", ":", StringComparison.Ordinal);
        string[] arguments = [.. EmbeddedRevivalTests.Arguments(scratch), $"--{key}={value}"];
        var refusal = await Assert.ThrowsAsync<SettingException>(() => ServerBuilder.BuildAsync(arguments));
        Assert.StartsWith($"{setting}: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(1, await MonolithHost.RunAsync(["serve", .. arguments]));
        Assert.False(Directory.Exists(scratch.Data), "a database was made");
    }

    [Fact]
    public void Every_setting_of_the_catalog_is_tried()
    {
        var told = SettingCatalog.All.Select(setting => setting.Each is null ? setting.Name : $"{setting.Name}__release").ToList();
        Assert.True(told.Count > 25);
        Assert.Empty(told.Except(AnyText).Except(Unreadable.Select(row => (string)row[0])));
    }
}
