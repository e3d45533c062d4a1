using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

/// <summary>One membership.</summary>
internal sealed class MemberOf : SingleResultSpecification<MemberRow>
{
    public MemberOf(Guid organizationId, Guid userId) => Query
        .Where(member => member.OrganizationId == organizationId && member.UserId == userId && !member.IsSystem);
}
