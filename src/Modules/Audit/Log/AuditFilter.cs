namespace Monolith.Audit.Log;

/// <summary>Which rows are wanted; every part that is set must hold.</summary>
/// <param name="ResourceType">What kind of thing.</param>
/// <param name="ResourceId">Which one.</param>
/// <param name="Target">What it was called.</param>
/// <param name="Action">What was done.</param>
/// <param name="Actors">Who did it: everybody who has, or had, the name; empty when nobody.</param>
/// <param name="From">The earliest time.</param>
/// <param name="Before">Earlier than this.</param>
/// <param name="OrganizationId">Where.</param>
/// <param name="RequestId">In which request.</param>
/// <param name="IsRefused">How it ended: refused or failed, or done.</param>
internal sealed record AuditFilter(
    string? ResourceType,
    Guid? ResourceId,
    string? Target,
    string? Action,
    IReadOnlyList<Guid?>? Actors,
    DateTimeOffset? From,
    DateTimeOffset? Before,
    Guid? OrganizationId,
    string? RequestId,
    bool? IsRefused)
{
    private const int FirstRefusal = 400;

    /// <summary>Rows that are counted at most where no number is kept.</summary>
    public const int MostCounted = 100_000;

    /// <summary>Adds the conditions.</summary>
    public void Restrict(ISpecificationBuilder<AuditLogRow> query) => query
        .Where(row => row.ResourceType == ResourceType, ResourceType is not null)
        .Where(row => row.ResourceId == ResourceId, ResourceId is not null)
        .Where(row => row.Target == Target, Target is not null)
        .Where(row => row.Action == Action, Action is not null)
        .Where(row => Actors!.Contains(row.ActorId), Actors is not null)
        .Where(row => row.At >= From, From is not null)
        .Where(row => row.At < Before, Before is not null)
        .Where(row => row.OrganizationId == OrganizationId, OrganizationId is not null)
        .Where(row => row.RequestId == RequestId, RequestId is not null)
        .Where(row => row.Status >= FirstRefusal, IsRefused is true)
        .Where(row => row.Status < FirstRefusal, IsRefused is false);

    /// <summary>The number of rows that is kept for this filter and reader; null when they must be counted.</summary>
    public MaintainedCount? Kept(AuditReader reader)
    {
        if (ResourceId is not null || Target is not null || Actors is not null || From is not null || Before is not null || RequestId is not null || reader.Ids is not null)
            return null;
        return new MaintainedCount(SqlKept, new
        {
            every = reader.All,
            readable = reader.Organizations.Select(id => id!.Value).ToArray(),
            organization = OrganizationId,
            type = ResourceType,
            done = Action,
            refused = IsRefused,
        });
    }

    // What waits for its seal is not in the kept numbers yet: a second's worth.
    private const string SqlKept =
        """
        select (
            select coalesce(sum(c.rows), 0)
            from audit.counts c
            where (@every or c.organization_id = any (@readable))
              and (@organization::uuid is null or c.organization_id = @organization)
              and (@type::text is null or c.resource_type = @type)
              and (@done::text is null or c.action = @done)
              and (@refused::boolean is null or c.is_refused = @refused)
        )::bigint + (
            select count(*)
            from contracts.unsealed_audit_logs u
            join contracts.audit_logs l using (id)
            where (@every or l.organization_id = any (@readable))
              and (@organization::uuid is null or l.organization_id = @organization)
              and (@type::text is null or l.resource_type = @type)
              and (@done::text is null or l.action = @done)
              and (@refused::boolean is null or (l.status >= 400) = @refused)
        )
        """;
}
