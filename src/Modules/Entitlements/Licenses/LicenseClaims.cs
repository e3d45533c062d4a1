using System.Text.Json;

namespace Monolith.Entitlements.Licenses;

/// <summary>The payload of a license whose signature holds. Required claims are null when missing or of the wrong type: <see cref="LicenseRules"/> names them.</summary>
internal sealed record LicenseClaims(
    long? Version,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? NotBefore,
    DateTimeOffset? LicenseExpires,
    DateTimeOffset? Expires,
    string? AccountType,
    string? AccountId,
    Guid? Id,
    string FeatureSet,
    bool AllFeatures,
    IReadOnlyDictionary<string, long> Features,
    IReadOnlyList<string> Addons,
    IReadOnlyList<string> DeploymentIds,
    bool Trial,
    bool RequireTelemetry)
{
    /// <summary>Reads a payload; throws <see cref="JsonException"/> when an optional claim has the wrong type.</summary>
    public static LicenseClaims From(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
            throw new JsonException();
        return new LicenseClaims(
            payload.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var number) ? number : null,
            Time(payload, "iat"),
            Time(payload, "nbf"),
            Time(payload, "license_expires"),
            Time(payload, "exp"),
            Text(payload, "account_type"),
            Text(payload, "account_id"),
            Guid.TryParseExact(Text(payload, "jti"), "D", out var id) ? id : null,
            Optional(payload, "feature_set", JsonValueKind.String)?.GetString() ?? "",
            Flag(payload, "all_features"),
            Grants(payload),
            Texts(payload, "addons"),
            Texts(payload, "deployment_ids"),
            Flag(payload, "trial"),
            Flag(payload, "require_telemetry"));
    }

    private static DateTimeOffset? Time(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement payload, string name) =>
        Optional(payload, name, JsonValueKind.True, JsonValueKind.False)?.GetBoolean() ?? false;

    private static Dictionary<string, long> Grants(JsonElement payload) =>
        Optional(payload, "features", JsonValueKind.Object) is { } features
            ? features.EnumerateObject().ToDictionary(grant => grant.Name, grant => Whole(grant.Value), StringComparer.Ordinal)
            : [];

    private static long Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw new JsonException();

    private static string[] Texts(JsonElement payload, string name) =>
        Optional(payload, name, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException())]
            : [];

    private static JsonElement? Optional(JsonElement payload, string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (!payload.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return kinds.Contains(value.ValueKind) ? value : throw new JsonException();
    }
}
