using Monolith.Members.Contracts;

namespace Monolith.Members.Directory;

internal sealed class MembershipHolds(Db<MembersModule> db) : IMembershipHolds
{
    public Task<bool> HoldOrganizationAsync(Guid organizationId, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>(HoldOrganization, new { id = organizationId }, cancellationToken);

    public Task<IReadOnlyList<HeldMember>> HoldMembersAsync(Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        db.QueryAsync<HeldMember>(HoldMembers, new { organization_id = organizationId, user_ids = userIds.ToArray() }, cancellationToken);

    private const string HoldOrganization =
        """
        select true
        from members.organizations
        where id = @id and not deleted
        for key share
        """;

    // One order for everybody: two batches with the same people wait for each other and never both.
    private const string HoldMembers =
        """
        select user_id, sort_name
        from members.organization_members
        where organization_id = @organization_id and user_id = any (@user_ids) and not is_system
        order by user_id
        for share
        """;
}
