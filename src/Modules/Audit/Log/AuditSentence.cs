using System.Globalization;

namespace Monolith.Audit.Log;

/// <summary>A row in plain words: who did what to which thing, and how it ended.</summary>
internal static class AuditSentence
{
    private static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["user"] = "the user",
        ["organization_member"] = "the membership of",
        ["organization"] = "the organization",
        ["custom_role"] = "the role",
        ["group"] = "the group",
        ["api_key"] = "the key",
        ["license"] = "a license",
        ["ai_seat"] = "an AI seat",
        ["audit_log"] = "old rows of the audit log",
    };

    public static string Of(AuditLogRow row, IReadOnlyDictionary<string, AuditDiffField> diff)
    {
        var who = row.Username ?? (row.ActorId is not null ? "Somebody unknown" : row.Address is null ? "The program" : "Somebody");
        var sentence = row.Status < 400 ? $"{who} {Done(row, diff)}" : $"{who} tried to {Tried(row)} and was refused ({row.Status.ToString(CultureInfo.InvariantCulture)})";
        if (row.Status >= 500)
            sentence = $"{who} tried to {Tried(row)}, which failed ({row.Status.ToString(CultureInfo.InvariantCulture)})";
        return row.Occurrences > 1 ? $"{sentence}, {row.Occurrences.ToString("N0", CultureInfo.InvariantCulture)} times" : sentence;
    }

    private static string Done(AuditLogRow row, IReadOnlyDictionary<string, AuditDiffField> diff) => (row.Action, row.ResourceType) switch
    {
        ("login", _) => "signed in",
        ("logout", _) => "signed out",
        ("create", "organization_member") => $"added {Named(row, "a user")} to the organization{In(row)}",
        ("delete", "organization_member") => $"removed {Named(row, "a user")} from the organization{In(row)}",
        ("write", "organization_member") => $"changed the roles of {Named(row, "a member")} in the organization{In(row)}",
        ("create", "ai_seat") => "took an AI seat with the first AI use",
        ("create", "license") => "added a license",
        ("write", "user") when diff.Count == 1 && What(diff.Keys.First()) is { } field => $"changed the {field} of the user {Named(row)}",
        ("create", _) => $"created {Thing(row)}",
        ("delete", _) => $"deleted {Thing(row)}",
        _ => $"changed {Thing(row)}",
    };

    private static string Tried(AuditLogRow row) => (row.Action, row.ResourceType) switch
    {
        _ when row.Operation is { } operation => operation.Contains('/', StringComparison.Ordinal) ? $"call {operation}" : Words(operation),
        ("login", _) => "sign in",
        ("logout", _) => "sign out",
        ("create", "organization_member") => $"add {Named(row, "a user")} to the organization{In(row)}",
        ("delete", "organization_member") => $"remove {Named(row, "a user")} from the organization{In(row)}",
        ("create", "license") => "add a license",
        ("create", _) => $"create {Thing(row)}",
        ("delete", _) => $"delete {Thing(row)}",
        _ => $"change {Thing(row)}",
    };

    private static string Thing(AuditLogRow row) =>
        $"{Things.GetValueOrDefault(row.ResourceType, "the " + row.ResourceType.Replace('_', ' '))}{(Named(row) is { Length: > 0 } name ? " " + name : "")}";

    private static string Named(AuditLogRow row, string otherwise = "") => string.IsNullOrEmpty(row.Target) ? otherwise : row.Target;

    private static string In(AuditLogRow row) => row.OrganizationName is { } name ? " " + name : "";

    private static string? What(string field) => field switch
    {
        "hashed_password" => "password",
        "roles" => "roles",
        "status" => "status",
        "name" => "full name",
        "username" => "username",
        _ => null,
    };

    /// <summary><c>CreateCustomRole</c> is "create custom role".</summary>
    private static string Words(string operation) =>
        string.Concat(operation.Select((letter, i) => char.IsAsciiLetterUpper(letter) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
