using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monolith.Clients.Tests;

/// <summary>What a Go program declares of a JSON value. Decoding fails where Go's would: a member of another kind, a uuid or a time that cannot be parsed. Unknown members pass, as there; a missing one does not, since the programs need it.</summary>
internal static partial class Shape
{
    public const string User = "id:uuid username:text name:text email:text avatar_url:text created_at:time updated_at:time last_seen_at:time status:text login_type:text organization_ids:uuids roles:list";
    public const string Organization = "id:uuid name:text display_name:text description:text icon:text created_at:time updated_at:time is_default:bool";
    public const string Member = "user_id:uuid organization_id:uuid created_at:time updated_at:time roles:list username:text avatar_url:text";
    public const string Role = "name:text display_name:text organization_id:text site_permissions:list organization_permissions:list user_permissions:list";
    public const string License = "id:int uuid:uuid uploaded_at:time claims:object";
    public const string Key = "id:text user_id:uuid last_used:time expires_at:time created_at:time updated_at:time login_type:text scope:text scopes:texts token_name:text lifetime_seconds:int allow_list:texts";
    public const string BuildInfo = "external_url:text version:text dashboard_url:text telemetry:bool workspace_proxy:bool agent_api_version:text provisioner_api_version:text upgrade_message:text deployment_id:text";
    public const string Entitlements = "features:object warnings:texts errors:texts has_license:bool trial:bool require_telemetry:bool refreshed_at:time";
    public const string Sharing = "sharing_globally_disabled:bool sharing_disabled:bool shareable_workspace_owners:text";
    public const string Generated = "key:text";

    /// <summary>Null when the text decodes, else what does not.</summary>
    /// <param name="json">A body.</param>
    /// <param name="declared">Members as <c>name:kind</c>; <c>[…]</c> around them for a list, <c>name[…]</c> for a member that holds one; empty for nothing.</param>
    public static string? Refuse(string json, string declared)
    {
        if (declared.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Refuse(document.RootElement, declared);
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private static string? Refuse(JsonElement value, string declared)
    {
        if (Inner().Match(declared) is { Success: true } list)
        {
            var (name, item) = (list.Groups[1].Value, list.Groups[2].Value);
            if (name.Length > 0 && (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value)))
                return $"{name} is missing";
            return value.ValueKind != JsonValueKind.Array ? $"{name} is no list" : value.EnumerateArray().Select(one => Refuse(one, item)).FirstOrDefault(fault => fault is not null);
        }

        if (value.ValueKind != JsonValueKind.Object)
            return "no object";
        foreach (var member in declared.Split(' '))
        {
            var (name, kind) = (member.Split(':')[0], member.Split(':')[1]);
            if (!value.TryGetProperty(name, out var found))
                return $"{name} is missing";
            if (!Is(found, kind))
                return $"{name} is no {kind}";
        }

        return null;
    }

    private static bool Is(JsonElement value, string kind) => kind switch
    {
        "text" => value.ValueKind == JsonValueKind.String,
        "uuid" => value.ValueKind == JsonValueKind.String && Guid.TryParseExact(value.GetString(), "D", out _),
        "time" => value.ValueKind == JsonValueKind.String && Rfc3339().IsMatch(value.GetString()!) && value.TryGetDateTimeOffset(out _),
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "object" => value.ValueKind == JsonValueKind.Object,
        "list" => value.ValueKind == JsonValueKind.Array,
        "texts" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => Is(one, "text")),
        "uuids" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => Is(one, "uuid")),
        _ => throw new ArgumentException(kind),
    };

    [GeneratedRegex(@"\A(\w*)\[(.*)\]\z")]
    private static partial Regex Inner();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();
}
