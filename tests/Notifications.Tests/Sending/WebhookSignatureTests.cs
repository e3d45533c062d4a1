using System.Text;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Tests.Sending;

/// <summary>The signature is the one that libraries of Standard Webhooks check.</summary>
public sealed class WebhookSignatureTests
{
    // From the tests of the reference libraries.
    [Fact]
    public void The_known_message_has_the_known_signature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Fact]
    public void Every_secret_is_another_one_of_256_bits()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
        Assert.NotEqual(one, other);
        Assert.StartsWith("whsec_", one, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(one["whsec_".Length..]).Length);
    }
}
