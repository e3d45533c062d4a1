using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Specifications;
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

/// <summary>One page of members, by the filters that the users list has.</summary>
internal sealed class MemberPageSpecification : Specification<MemberRow>
{
    public MemberPageSpecification(Guid organizationId, UserFilter filter, Page page, string? afterName)
    {
        var onlyServiceAccounts = filter.IsServiceAccount == true;
        var onlyHolders = filter.HasAiSeat == true;
        Query
            .Where(member => member.OrganizationId == organizationId && !member.IsSystem)
            .Where(member => member.UsernameFolded.Contains(filter.SearchTerm!) || member.EmailFolded.Contains(filter.SearchTerm!), filter.SearchTerm is not null)
            .Where(member => member.NameFolded.Contains(filter.Name!), filter.Name is not null)
            .Where(member => filter.Statuses.Contains(member.Status), filter.Statuses.Count > 0)
            .Where(member => member.SiteRoles.Any(role => filter.Roles.Contains(role)), filter.Roles.Count > 0)
            .Where(member => filter.LoginTypes.Contains(member.LoginType), filter.LoginTypes.Count > 0)
            .Where(member => member.GithubUserId == filter.GithubUserId, filter.GithubUserId is not null and not 0)
            .Where(member => member.LastSeenAt <= filter.LastSeenBefore, filter.LastSeenBefore is not null)
            .Where(member => member.LastSeenAt >= filter.LastSeenAfter, filter.LastSeenAfter is not null)
            .Where(member => member.UserCreatedAt <= filter.CreatedBefore, filter.CreatedBefore is not null)
            .Where(member => member.UserCreatedAt >= filter.CreatedAfter, filter.CreatedAfter is not null)
            .Where(member => member.IsServiceAccount == onlyServiceAccounts, filter.IsServiceAccount is not null)
            .Where(member => member.HoldsSeat == onlyHolders, filter.HasAiSeat is not null)
            .Where(member => string.CompareOrdinal(member.SortName, afterName) > 0, afterName is not null)
            .OrderBy(member => member.SortName)
            .Skip(page.Offset);
        if (page.Limit > 0)
            Query.Take(page.Limit);
    }
}

/// <summary>One membership.</summary>
internal sealed class MemberOf : SingleResultSpecification<MemberRow>
{
    public MemberOf(Guid organizationId, Guid userId) => Query
        .Where(member => member.OrganizationId == organizationId && member.UserId == userId && !member.IsSystem);
}
