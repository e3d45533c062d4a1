using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Monolith.Entitlements.Licenses;

/// <summary>A token after the signature check: claims, or the reason why there are none.</summary>
internal sealed record LicenseToken(LicenseClaims? Claims, string? Fault)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Checks form, algorithm, key and signature. What depends on the clock is left to <see cref="LicenseRules"/>.</summary>
    public static LicenseToken Verify(string token, KeyRing keys)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
                return new(null, "The license is not a signed token.");
            using var header = JsonDocument.Parse(Decode(parts[0]), Strict);
            return FaultOf(parts, header.RootElement, keys) is { } fault ? new(null, fault) : new(LicenseClaims.From(Payload(token)), null);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            return new(null, "The license is malformed.");
        }
    }

    /// <summary>The payload as it stands, without any check.</summary>
    public static JsonElement Payload(string token)
    {
        using var payload = JsonDocument.Parse(Decode(token.Split('.')[1]), Strict);
        return payload.RootElement.Clone();
    }

    private static string? FaultOf(string[] parts, JsonElement header, KeyRing keys)
    {
        // The algorithm is fixed: a token never chooses how it is checked.
        if (Text(header, "alg") != "EdDSA")
            return "The license is signed with an algorithm that is not accepted.";
        if (header.TryGetProperty("crit", out _))
            return "The license asks for an extension that is not known.";
        if (Text(header, "kid") is not { } kid || keys.Find(kid) is not { } key)
            return "The license is signed with a key that is not trusted.";
        var message = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Decode(parts[2]);
        return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length)
            ? null
            : "The signature of the license does not match.";
    }

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Only the canonical spelling is read, so that one license has one text and a second upload is seen.</summary>
    private static byte[] Decode(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : throw new FormatException();
    }
}
