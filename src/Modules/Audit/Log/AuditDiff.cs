using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Audit.Log;

/// <summary>What became of a field. Of a secret both values are empty.</summary>
internal sealed record AuditDiffField(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never), WireType(typeof(object))] JsonElement Old,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never), WireType(typeof(object))] JsonElement New,
    bool Secret)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("\"\"");

    public static AuditDiffField Hidden { get; } = new(Nothing, Nothing, true);
}

/// <summary>The state before and after, compared field by field. What did not change is left out; what was not there is the empty value of its kind.</summary>
internal static class AuditDiff
{
    // Whoever writes a row leaves secrets out. Whoever forgets it is caught here.
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "password", "hashed_password", "password_hash", "old_password", "secret", "secret_hash", "hashed_secret", "token", "session_token", "key", "jwt", "license", "claims",
    };

    private static readonly IReadOnlyDictionary<string, AuditDiffField> Empty = new Dictionary<string, AuditDiffField>();

    public static IReadOnlyDictionary<string, AuditDiffField> Of(AuditLogRow row)
    {
        // What was refused changed nothing, and a change that does not tell its end is no removal.
        if (row.Status >= 400 || row is { After: null, Action: not "delete" })
            return Empty;
        var (old, now) = (Fields(row.Before), Fields(row.After));
        var diff = new SortedDictionary<string, AuditDiffField>(StringComparer.Ordinal);
        foreach (var name in old.Keys.Union(now.Keys))
        {
            var (was, became) = (old.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (IsMarked(was) || IsMarked(became) || Secrets.Contains(name))
                diff[name] = AuditDiffField.Hidden;
            else if (!JsonElement.DeepEquals(Or(was, became), Or(became, was)))
                diff[name] = new(Or(was, became), Or(became, was), false);
        }

        return diff;
    }

    private static Dictionary<string, JsonElement> Fields(string? text)
    {
        if (text is null)
            return [];
        var whole = JsonElement.Parse(text);
        return whole.ValueKind == JsonValueKind.Object
            ? whole.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
            : new(StringComparer.Ordinal) { ["value"] = whole };
    }

    private static bool IsMarked(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("secret", out var mark) && mark.ValueKind == JsonValueKind.True;

    /// <summary>The value, or the empty one of the kind of the other side.</summary>
    private static JsonElement Or(JsonElement value, JsonElement other) => value.ValueKind != JsonValueKind.Undefined ? value : JsonElement.Parse(other.ValueKind switch
    {
        JsonValueKind.String => "\"\"",
        JsonValueKind.Number => "0",
        JsonValueKind.True or JsonValueKind.False => "false",
        JsonValueKind.Array => "[]",
        _ => "null",
    });
}
