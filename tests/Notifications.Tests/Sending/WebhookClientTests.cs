using System.Net;
using Monolith.Notifications.Sending;
using Monolith.Notifications.Tests.World;

namespace Monolith.Notifications.Tests.Sending;

/// <summary>The client against a real receiver on this machine.</summary>
public sealed class WebhookClientTests
{
    private static readonly (string, string) Allowed = ("Notifications:AllowPrivateTargets", "true");

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_reaches_nobody()
    {
        await using var receiver = await Receiver.StartAsync();
        var resolver = Substitute.For<IHostResolver>();
        resolver.ResolveAsync(null!, default).ReturnsForAnyArgs([IPAddress.Parse("1.1.1.1")], [IPAddress.Loopback]);
        var guard = new TargetGuard(TargetGuardTests.Settings(), resolver);
        var url = new UriBuilder(receiver.Url) { Host = "hooks.example.com" }.Uri;
        Assert.Null(await guard.ComplaintAsync(url, CancellationToken.None));
        var outcome = await SendAsync(guard, url);
        Assert.Equal("The name leads to a private, local or reserved address, which is not allowed.", outcome.Reason);
        Assert.Empty(receiver.Hooks);
    }

    [Fact]
    public async Task The_address_that_was_looked_at_is_the_one_that_is_used()
    {
        await using var receiver = await Receiver.StartAsync();
        var resolver = Substitute.For<IHostResolver>();
        resolver.ResolveAsync(null!, default).ReturnsForAnyArgs([IPAddress.Loopback]);
        var guard = new TargetGuard(TargetGuardTests.Settings(Allowed), resolver);
        Assert.True((await SendAsync(guard, new UriBuilder(receiver.Url) { Host = "no-such-name.invalid" }.Uri)).IsSent);
        Assert.Single(receiver.Hooks);
        await resolver.Received(1).ResolveAsync("no-such-name.invalid", Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(302, "The receiver answered 302. Redirects are not followed.")]
    [InlineData(404, "The receiver answered 404.")]
    [InlineData(500, "The receiver answered 500.")]
    public async Task Only_a_success_is_one(int status, string? reason)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Url.ToString();
            return Task.CompletedTask;
        };
        Assert.Equal(reason, (await SendAsync(Guard(), receiver.Url)).Reason);
        Assert.Single(receiver.Hooks);
        Assert.Empty(elsewhere.Hooks);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_in_time()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Respond = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        Assert.Equal("The receiver took longer than 0.3 seconds.", (await SendAsync(Guard(), receiver.Url, ("Notifications:Timeout", "300ms"))).Reason);
    }

    [Fact]
    public async Task A_receiver_that_closes_the_connection_or_is_not_there_has_failed()
    {
        var receiver = await Receiver.StartAsync();
        receiver.Respond = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.False((await SendAsync(Guard(), receiver.Url)).IsSent);
        await receiver.DisposeAsync();
        Assert.False((await SendAsync(Guard(), receiver.Url)).IsSent);
    }

    private static TargetGuard Guard() => new(TargetGuardTests.Settings(Allowed), new HostResolver());

    private static async Task<SendOutcome> SendAsync(TargetGuard guard, Uri url, params (string, string)[] settings)
    {
        using var client = new WebhookClient(guard, TargetGuardTests.Settings(settings), TimeProvider.System);
        return await client.SendAsync(new Webhook("one", url, WebhookSignature.NewSecret(), "{}"u8.ToArray()), CancellationToken.None);
    }
}
