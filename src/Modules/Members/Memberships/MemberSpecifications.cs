using Monolith.BuildingBlocks.Paging;
using Monolith.Members.Data;
using Monolith.Members.Search;

namespace Monolith.Members.Memberships;

/// <summary>All members that the caller may see, in display order.</summary>
internal sealed class MembersOfOrganization : Specification<MemberRow>
{
    public MembersOfOrganization(Guid organizationId, MemberFilter filter, Guid? onlyUser) => Query
        .Where(member => member.OrganizationId == organizationId)
        .Where(member => member.UserId == onlyUser, onlyUser is not null)
        .Where(member => member.UserId == filter.UserId, filter.UserId is not null)
        .Where(member => member.GithubUserId == filter.GithubUserId, filter.GithubUserId is not null and not 0)
        .Where(member => !member.IsSystem, !filter.IncludeSystem)
        .OrderBy(member => member.SortName);
}

/// <summary>Members by the filters, orders and pages that the users list has, and by role.</summary>
internal sealed class MemberPageSpecification : Specification<MemberRow>
{
    public MemberPageSpecification(Guid organizationId, MemberPageFilter filter, Page page, OrderRequest order)
    {
        Query.Where(member => member.OrganizationId == organizationId && !member.IsSystem);
        filter.Restrict(Query);
        Query.Page(order, filter.Person, page, member => member.UserId);
    }
}

/// <summary>One membership.</summary>
internal sealed class MemberOf : SingleResultSpecification<MemberRow>
{
    public MemberOf(Guid organizationId, Guid userId) => Query
        .Where(member => member.OrganizationId == organizationId && member.UserId == userId && !member.IsSystem);
}
