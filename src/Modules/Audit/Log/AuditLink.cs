namespace Monolith.Audit.Log;

/// <summary>The dashboard page of what a row speaks of; "" where there is none, or no more.</summary>
internal static class AuditLink
{
    public static string Of(AuditLogRow row) => row switch
    {
        { IsDeleted: true } => "",
        { ResourceType: "license" } => "/licenses",
        { ResourceType: "ai_seat", Username: { } user } => $"/users/{Escape(user)}/seat",
        { ResourceType: "user" or "api_key", ResourceId: not null, Target: { Length: > 0 } name } => $"/users?filter={Escape(row.ResourceType == "user" ? name : row.Username ?? name)}",
        { ResourceType: "organization_member", OrganizationName: { } organization, Target: { } member } => $"/organizations/{Escape(organization)}/members?filter={Escape(member)}",
        { ResourceType: "organization", OrganizationName: { } organization } => $"/organizations/{Escape(organization)}/members",
        { ResourceType: "custom_role", OrganizationName: { } organization, Target: { } role } => $"/organizations/{Escape(organization)}/roles/{Escape(role)}",
        { ResourceType: "group", OrganizationName: { } organization, Target: { } group } => $"/organizations/{Escape(organization)}/groups/{Escape(group)}",
        { ResourceType: "notification_rule" or "notification_target" or "notification_delivery" } => "/notifications",
        _ => "",
    };

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
