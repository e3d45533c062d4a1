namespace Monolith.Audit.Dashboard;

/// <summary>What people read for the words of the wire.</summary>
internal static class AuditWords
{
    public static KeyValuePair<string, string>[] Actions =>
        [new("create", Texts.ActionCreate), new("write", Texts.ActionWrite), new("delete", Texts.ActionDelete), new("login", Texts.ActionLogin), new("logout", Texts.ActionLogout)];

    public static KeyValuePair<string, string>[] Kinds =>
    [
        new("user", Texts.KindUser),
        new("organization", Texts.KindOrganization),
        new("organization_member", Texts.KindMember),
        new("custom_role", Texts.KindRole),
        new("group", Texts.KindGroup),
        new("api_key", Texts.KindKey),
        new("license", Texts.KindLicense),
        new("ai_seat", Texts.KindSeat),
        new("audit_log", Texts.AuditLog),
    ];

    public static KeyValuePair<string, string>[] Results => [new("success", Texts.Done), new("failure", Texts.Refused)];
}
