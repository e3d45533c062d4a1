namespace Monolith.Audit.Log;

/// <summary>Which rows a caller may read: all of them, or those of some organizations. A key may be limited to single rows.</summary>
internal sealed record AuditReader(bool All, IReadOnlyList<Guid?> Organizations, IReadOnlySet<Guid>? Ids)
{
    public static AuditReader Of(ICaller caller)
    {
        var visible = caller.Subject.Visible(PermissionAction.Read, ResourceType.AuditLog);
        return new(visible.Everything, [.. visible.Organizations.Select(id => (Guid?)id)], visible.Ids);
    }

    /// <summary>Whether rows of this organization are among them.</summary>
    public bool Reads(Guid organizationId) => All || Organizations.Contains(organizationId);

    /// <summary>Adds the conditions.</summary>
    public void Restrict(ISpecificationBuilder<AuditLogRow> query) => query
        .Where(row => Organizations.Contains(row.OrganizationId), !All)
        .Where(row => Ids!.Contains(row.Id), Ids is not null);
}

/// <summary>A row that the caller may read; nothing when it is unknown or hidden.</summary>
internal sealed class ReadableAuditLog : SingleResultSpecification<AuditLogRow>
{
    public ReadableAuditLog(Guid id, AuditReader reader)
    {
        Query.Where(row => row.Id == id);
        reader.Restrict(Query);
    }
}
