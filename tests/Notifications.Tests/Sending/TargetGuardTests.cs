using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Tests.Sending;

/// <summary>Where a webhook may go, when it is saved.</summary>
public sealed class TargetGuardTests
{
    private readonly IHostResolver _resolver = Substitute.For<IHostResolver>();

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://0/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[fe80::1%25lo]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://api.localhost/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://printer.local/")]
    public async Task What_leads_home_is_refused_without_asking_a_resolver(string url)
    {
        Assert.Contains("Notifications__AllowPrivateTargets", await Guard().ComplaintAsync(new Uri(url), CancellationToken.None), StringComparison.Ordinal);
        await _resolver.DidNotReceiveWithAnyArgs().ResolveAsync(null!, default);
    }

    [Fact]
    public async Task A_name_is_refused_when_one_of_its_addresses_leads_home()
    {
        Answer(IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.1"));
        Assert.NotNull(await Guard().ComplaintAsync(new Uri("https://hooks.example.com/"), CancellationToken.None));
        await Assert.ThrowsAsync<RefusedTargetException>(() => Guard().ResolveAsync("hooks.example.com", CancellationToken.None));
    }

    [Fact]
    public async Task A_public_name_and_one_that_nobody_knows_yet_may_be_saved()
    {
        Answer(IPAddress.Parse("1.1.1.1"));
        Assert.Null(await Guard().ComplaintAsync(new Uri("https://hooks.example.com/"), CancellationToken.None));
        _resolver.ResolveAsync(null!, default).ReturnsForAnyArgs<IPAddress[]>(_ => throw new SocketException((int)SocketError.HostNotFound));
        Assert.Null(await Guard().ComplaintAsync(new Uri("https://hooks.example.com/"), CancellationToken.None));
    }

    [Fact]
    public async Task The_setting_allows_everything()
    {
        Assert.Null(await Guard(("Notifications:AllowPrivateTargets", "true")).ComplaintAsync(new Uri("http://localhost/"), CancellationToken.None));
        Assert.Single(await Guard(("Notifications:AllowPrivateTargets", "true")).ResolveAsync("127.0.0.1", CancellationToken.None));
    }

    internal static NotificationSettings Settings(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build());

    private TargetGuard Guard(params (string Key, string Value)[] settings) => new(Settings(settings), _resolver);

    private void Answer(params IPAddress[] addresses) => _resolver.ResolveAsync(null!, default).ReturnsForAnyArgs(addresses);
}
