using Dapper;

namespace Monolith.Groups.Directory;

/// <summary>The memberships that a caller may read, as a condition of statements.</summary>
internal sealed record MembershipVisibility(VisibleRows Rows, Guid CallerId)
{
    /// <summary>Of a row <c>m</c> with <c>organization_id</c> and <c>user_id</c>.</summary>
    public const string Condition =
        """
        (@sees_all or m.organization_id = any (@sees_organizations) or (m.user_id = @sees_self and m.organization_id = any (@sees_own)))
          and (@sees_ids::uuid[] is null or m.user_id = any (@sees_ids))
        """;

    /// <summary>Every membership: no condition is needed.</summary>
    public bool IsAll => Rows is { Everything: true, Ids: null };

    /// <summary>Of <see cref="Condition"/>.</summary>
    public DynamicParameters Parameters() => new(new
    {
        sees_all = Rows.Everything,
        sees_organizations = Rows.Organizations.ToArray(),
        sees_self = CallerId,
        sees_own = Rows.OwnedInOrganizations.ToArray(),
        sees_ids = Rows.Ids?.ToArray(),
    });
}
