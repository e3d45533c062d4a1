using System.Security.Cryptography;
using System.Text;

namespace Monolith.Notifications.Sending;

/// <summary>Signs webhooks as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> does, so that receivers find a library that checks them.</summary>
internal static class WebhookSignature
{
    /// <summary>The delivery, the same for each attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The seconds since 1970 at which the attempt was made.</summary>
    public const string TimeHeader = "webhook-timestamp";

    /// <summary><c>v1,</c> and the base64 of the signature.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const int SecretSize = 32;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretSize));

    /// <summary>HMAC-SHA256 over <c>id.timestamp.body</c> with the bytes that the secret stands for.</summary>
    public static string Of(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        hash.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }
}
