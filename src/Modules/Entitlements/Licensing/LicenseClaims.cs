using System.Text.Json;

namespace Monolith.Entitlements.Licensing;

/// <summary>The payload of a license whose signature holds. Required claims are null when missing or of the wrong type: <see cref="LicenseRules"/> names them.</summary>
/// <param name="Malformed">The first optional claim of the wrong type, or null.</param>
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
    bool RequireTelemetry,
    string? Malformed = null)
{
    /// <summary>The feature set after the legacy claim: <c>all_features</c> without a set means enterprise.</summary>
    public string EffectiveSet => this is { FeatureSet: "", AllFeatures: true } ? "enterprise" : FeatureSet;

    /// <summary>Reads a payload that is a JSON object.</summary>
    public static LicenseClaims From(JsonElement payload)
    {
        var reader = new ClaimReader(payload);
        return new LicenseClaims(
            reader.Whole("version"),
            reader.Time("iat"),
            reader.Time("nbf"),
            reader.Time("license_expires"),
            reader.Time("exp"),
            reader.Text("account_type"),
            reader.Text("account_id"),
            Guid.TryParseExact(reader.Text("jti"), "D", out var id) ? id : null,
            reader.OptionalText("feature_set"),
            reader.Flag("all_features"),
            reader.Grants("features"),
            reader.Texts("addons"),
            reader.Texts("deployment_ids"),
            reader.Flag("trial"),
            reader.Flag("require_telemetry"),
            reader.Malformed);
    }
}

/// <summary>Reads claims by name and remembers the first optional one of the wrong type.</summary>
internal sealed class ClaimReader(JsonElement payload)
{
    // The last second of the year 9999.
    private const double LastSecond = 253_402_300_799;

    public string? Malformed { get; private set; }

    public long? Whole(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public DateTimeOffset? Time(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds) && seconds is >= 0 and < LastSecond
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public string OptionalText(string name) => Optional(name, JsonValueKind.String)?.GetString() ?? "";

    public bool Flag(string name) => Optional(name, JsonValueKind.True, JsonValueKind.False)?.GetBoolean() ?? false;

    public Dictionary<string, long> Grants(string name)
    {
        var grants = new Dictionary<string, long>(StringComparer.Ordinal);
        if (Optional(name, JsonValueKind.Object) is { } features)
            foreach (var feature in features.EnumerateObject())
                if (feature.Value.ValueKind == JsonValueKind.Number && feature.Value.TryGetInt64(out var number))
                    grants[feature.Name] = number;
                else
                    Malformed ??= name;
        return grants;
    }

    public List<string> Texts(string name)
    {
        var texts = new List<string>();
        if (Optional(name, JsonValueKind.Array) is { } list)
            foreach (var item in list.EnumerateArray())
                if (item.ValueKind == JsonValueKind.String)
                    texts.Add(item.GetString()!);
                else
                    Malformed ??= name;
        return texts;
    }

    private JsonElement? Optional(string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (Find(name) is not { } value || value.ValueKind == JsonValueKind.Null)
            return null;
        if (kinds.Contains(value.ValueKind))
            return value;
        Malformed ??= name;
        return null;
    }

    private JsonElement? Find(string name) => payload.TryGetProperty(name, out var value) ? value : null;
}
