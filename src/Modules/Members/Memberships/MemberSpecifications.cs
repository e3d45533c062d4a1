using Monolith.Entitlements.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

/// <summary>All members that the caller may see, in display order.</summary>
internal sealed class MembersOfOrganization : Specification<MemberRow>
{
    public MembersOfOrganization(Guid organizationId, MemberFilter filter, RowVisibility visible) => Query
        .Where(member => member.OrganizationId == organizationId)
        .VisibleTo(visible, member => member.UserId)
        .Where(member => member.UserId == filter.UserId, filter.UserId is not null)
        .Where(member => member.GithubUserId == filter.GithubUserId, filter.GithubUserId is not null and not 0)
        .Where(member => !member.IsSystem, !filter.IncludeSystem)
        .OrderBy(member => member.SortName);
}

/// <summary>Members by the filters, orders and pages that the users list has, and by role.</summary>
internal sealed class MemberPageSpecification : Specification<MemberRow>
{
    public MemberPageSpecification(Guid organizationId, OrganizationMemberFilter filter, PageWindow window, OrderRequest order)
    {
        Query.Where(member => member.OrganizationId == organizationId && !member.IsSystem);
        filter.Restrict(Query);
        foreach (var set in filter.User.Within)
            Query.Within(member => member.UserId, set);
        Query.Page(order, filter.User, window, member => member.UserId);
        if (window.AfterId is null)
            Query.CountBy(filter.WholeGroup.Maintained(CountAll, CountHolders, new { organization_id = organizationId }));
    }

    private const string CountAll = "select members from members.organization_counts where organization_id = @organization_id";
    private const string CountHolders = "select coalesce((select holders from contracts.organization_ai_seat_counts where organization_id = @organization_id), 0)";
}

/// <summary>One membership.</summary>
internal sealed class MemberOf : SingleResultSpecification<MemberRow>
{
    public MemberOf(Guid organizationId, Guid userId) => Query
        .Where(member => member.OrganizationId == organizationId && member.UserId == userId && !member.IsSystem);
}
