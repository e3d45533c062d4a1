namespace Monolith.Roles.CustomRoles;

/// <summary>Audit lines about custom roles; refused attempts leave one too.</summary>
internal static class CustomRoleAudit
{
    public static void CustomRole(
        this AuditTrail audit,
        AuditAction action,
        Guid organizationId,
        string name,
        CustomRole? before = null,
        CustomRole? after = null,
        int status = 200) =>
        audit.Record(new AuditEntry(
            action,
            "custom_role",
            (after ?? before)?.Id,
            name,
            organizationId,
            before is null ? null : RoleView.From(before),
            after is null ? null : RoleView.From(after),
            SuccessStatus: status));
}
