using Monolith.Members.Contracts;

namespace Monolith.Groups.Groups;

/// <summary>Groups stand in the way of the deletion of their organization, as long as somebody could delete them before.</summary>
internal sealed class GroupsOfOrganization(Db<GroupsModule> db, IFeatureGate features) : IOrganizationContents
{
    public async Task<OrganizationPart?> CountAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        if (features.Check(GroupsModule.Feature) is not null)
            return null;
        var count = await db.ScalarAsync<long>(Count, new { organization_id = organizationId }, cancellationToken);
        return count == 0 ? null : new OrganizationPart(count, "group", "groups");
    }

    private const string Count = "select groups from groups.organization_counts where organization_id = @organization_id";
}
