namespace Monolith.Fuzz;

/// <summary>Which pool a name belongs to.</summary>
internal static class Kinds
{
    /// <summary>What a parameter or a field called <paramref name="name"/> refers to, within things of kind <paramref name="around"/>.</summary>
    public static string? OfField(string name, string around) => name switch
    {
        "id" => around,
        "username" or "user" or "user_id" or "user_ids" or "initiator_id" or "owner_id" or "member_ids" or "after_id" or "suspend" or "delete" => "user",
        "organization" or "organization_id" or "organization_ids" or "organizationname" => "organization",
        "roles" or "role" or "rolename" or "role_name" => "role",
        "key" or "keyid" or "key_id" or "keyname" or "token_name" => "key",
        "license" or "license_id" => "license",
        "workspace_id" => "workspace",
        "name" when around is "role" or "organization" => around,
        _ => null,
    };

    /// <summary>What the answers of a path list.</summary>
    public static string OfPath(string path) =>
        path.Contains("/groups", StringComparison.Ordinal) ? "group"
        : path.Contains("/roles", StringComparison.Ordinal) ? "role"
        : path.Contains("/keys", StringComparison.Ordinal) ? "key"
        : path.Contains("/licenses", StringComparison.Ordinal) ? "license"
        : path.Contains("/ai-usage", StringComparison.Ordinal) ? "event"
        : path.Contains("/members", StringComparison.Ordinal) || path.Contains("/users", StringComparison.Ordinal) || path.Contains("/ai-seats", StringComparison.Ordinal) ? "user"
        : path.Contains("/organizations", StringComparison.Ordinal) ? "organization"
        : "thing";
}
