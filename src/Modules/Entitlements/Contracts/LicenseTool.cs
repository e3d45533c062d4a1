using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Monolith.Entitlements.Contracts;

/// <summary>An Ed25519 key pair, both halves raw 32 bytes.</summary>
public sealed record KeyPair(byte[] PublicKey, byte[] PrivateKey);

/// <summary>What a license says. Times are cut to whole seconds.</summary>
/// <param name="AccountId">The customer; not empty.</param>
/// <param name="NotBefore">Start of the term.</param>
/// <param name="LicenseExpires">End of the paid term, start of grace; at most 5 × 365 days ahead.</param>
/// <param name="Expires">End of grace; equal to <paramref name="LicenseExpires"/> when there is no grace.</param>
/// <param name="IssuedAt">Time of issue.</param>
/// <param name="AccountType">The kind of account; not empty.</param>
/// <param name="FeatureSet">Empty, <c>enterprise</c> or <c>premium</c>.</param>
/// <param name="Features">Single grants: feature name to value.</param>
/// <param name="Addons">Add-ons, such as <c>ai_governance</c>.</param>
/// <param name="Trial">A trial license.</param>
/// <param name="DeploymentIds">When not empty, only these deployments accept the upload.</param>
/// <param name="RequireTelemetry">Reported in the entitlements, without further effect.</param>
/// <param name="Id">The <c>jti</c> claim; null makes a new one.</param>
/// <param name="Version">The format; a server accepts 3 only.</param>
/// <param name="AllFeatures">The legacy claim for the set <c>enterprise</c>; left out when false.</param>
/// <param name="PublishUsageData">Says that usage may be sent to the vendor; left out when false. No server of ours sends any.</param>
/// <param name="Subject">The <c>sub</c> claim, an e-mail; left out when null.</param>
/// <param name="Issuer">The <c>iss</c> claim; left out when null.</param>
public sealed record LicenseTerms(
    string AccountId,
    DateTimeOffset NotBefore,
    DateTimeOffset LicenseExpires,
    DateTimeOffset Expires,
    DateTimeOffset IssuedAt,
    string AccountType = "salesforce",
    string FeatureSet = "",
    IReadOnlyDictionary<string, long>? Features = null,
    IReadOnlyList<string>? Addons = null,
    bool Trial = false,
    IReadOnlyList<Guid>? DeploymentIds = null,
    bool RequireTelemetry = false,
    Guid? Id = null,
    long Version = 3,
    bool AllFeatures = false,
    bool PublishUsageData = false,
    string? Subject = null,
    string? Issuer = null);

/// <summary>Makes keys and licenses, for the host's <c>license</c> verbs and for tests.</summary>
public static class LicenseTool
{
    /// <summary>A new key pair from the operating system's generator.</summary>
    public static KeyPair GenerateKeyPair() => FromPrivateKey(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>Completes a key pair. Throws <see cref="ArgumentException"/> unless the key has 32 bytes.</summary>
    public static KeyPair FromPrivateKey(byte[] privateKey)
    {
        if (privateKey.Length != Ed25519.SecretKeySize)
            throw new ArgumentException("An Ed25519 private key has 32 bytes.", nameof(privateKey));
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(privateKey, 0, publicKey, 0);
        return new KeyPair(publicKey, privateKey);
    }

    /// <summary>Signs a license: a compact EdDSA JWT. It does not check the terms, so that tests can issue bad ones.</summary>
    public static string Issue(LicenseTerms terms, byte[] privateKey, string kid) =>
        Sign(new { alg = "EdDSA", kid, typ = "JWT" }, Claims(terms), privateKey);

    internal static string Sign(object header, object claims, byte[] privateKey) => SignText($"{Part(header)}.{Part(claims)}", privateKey);

    internal static string SignText(string signed, byte[] privateKey)
    {
        var message = System.Text.Encoding.ASCII.GetBytes(signed);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(privateKey, 0, message, 0, message.Length, signature, 0);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    internal static Dictionary<string, object> Claims(LicenseTerms terms)
    {
        var claims = new Dictionary<string, object>
        {
            ["version"] = terms.Version,
            ["jti"] = terms.Id ?? Guid.CreateVersion7(),
            ["iat"] = terms.IssuedAt.ToUnixTimeSeconds(),
            ["nbf"] = terms.NotBefore.ToUnixTimeSeconds(),
            ["exp"] = terms.Expires.ToUnixTimeSeconds(),
            ["license_expires"] = terms.LicenseExpires.ToUnixTimeSeconds(),
            ["account_type"] = terms.AccountType,
            ["account_id"] = terms.AccountId,
            ["feature_set"] = terms.FeatureSet,
            ["features"] = terms.Features ?? new Dictionary<string, long>(),
            ["addons"] = terms.Addons ?? [],
            ["trial"] = terms.Trial,
            ["deployment_ids"] = terms.DeploymentIds ?? [],
            ["require_telemetry"] = terms.RequireTelemetry,
        };
        if (terms.AllFeatures)
            claims["all_features"] = true;
        if (terms.PublishUsageData)
            claims["publish_usage_data"] = true;
        if (terms.Subject is { } subject)
            claims["sub"] = subject;
        if (terms.Issuer is { } issuer)
            claims["iss"] = issuer;
        return claims;
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Options));
}
