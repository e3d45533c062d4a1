using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Monolith.Entitlements.Licensing;

/// <summary>A token after the signature check: claims and the id of the key that signed them, or the reason why there are none.</summary>
internal sealed record LicenseToken(LicenseClaims? Claims, string? KeyId, string? Fault)
{
    private const string Algorithm = "EdDSA";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>Checks form, algorithm, key and signature. What depends on the clock is left to <see cref="LicenseRules"/>.</summary>
    public static LicenseToken Verify(string token, KeyRing keys)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return Refuse("The license is not a signed token of three parts.");
        if (Read(parts[0]) is not { } header)
            return Refuse("The header of the license is malformed.");
        if (FaultOf(header) is { } fault)
            return Refuse(fault);
        if (Text(header, "kid") is not { } kid)
            return Refuse("The license does not name the key that signed it.");
        if (keys.Find(kid) is not { } key)
            return Refuse("The license is signed with a key that is not trusted.");
        if (Decode(parts[2]) is not { } signature || signature.Length != Ed25519.SignatureSize)
            return Refuse("The signature of the license is incomplete or malformed.");
        var message = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        if (!Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length))
            return Refuse("The signature of the license does not match.");
        return Read(parts[1]) is { } payload
            ? new(LicenseClaims.From(payload), kid, null)
            : Refuse("The claims of the license are malformed.");
    }

    /// <summary>The payload as it stands, without any check; an empty object when it is unreadable.</summary>
    public static JsonElement Payload(string token) => (token.Split('.') is [_, var payload, ..] ? Read(payload) : null) ?? Nothing;

    private static LicenseToken Refuse(string fault) => new(null, null, fault);

    // The algorithm is fixed: a token never chooses how it is checked.
    private static string? FaultOf(JsonElement header) => Text(header, "alg") switch
    {
        null => "The license names no signature algorithm.",
        Algorithm when header.TryGetProperty("crit", out _) => "The license asks for an extension that is not known.",
        Algorithm => null,
        var none when none.Equals("none", StringComparison.OrdinalIgnoreCase) => "The license is not signed.",
        var other when other.Equals(Algorithm, StringComparison.OrdinalIgnoreCase) => $"The algorithm of the license must be spelled {Algorithm}.",
        _ => $"The license is signed with an algorithm that is not accepted; it must be {Algorithm}.",
    };

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Read(string part)
    {
        if (Decode(part) is not { } bytes)
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;

            // Text that cannot be written again, such as half a surrogate pair, must not enter: every list would fail on it.
            JsonSerializer.SerializeToUtf8Bytes(document.RootElement, WireJson.Options);
            return document.RootElement.Clone();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Only the canonical spelling is read, so that one license has one text and a second upload is seen.</summary>
    private static byte[]? Decode(string part)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return Base64Url.EncodeToString(bytes) == part ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
