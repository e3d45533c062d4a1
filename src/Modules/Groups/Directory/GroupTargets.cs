using Monolith.Roles.Contracts;

namespace Monolith.Groups.Directory;

/// <summary>Groups that <c>/authcheck</c> names by id.</summary>
internal sealed class GroupTargets(IReadStore<GroupRow> groups, IGroupMembers members, ICaller caller) : IAuthCheckTargets
{
    public async ValueTask<ResourceObject?> FindAsync(ResourceType type, Guid id, CancellationToken cancellationToken)
    {
        if (type != ResourceType.Group || await groups.SingleOrDefaultAsync(new GroupById(id), cancellationToken) is not { } group)
            return null;
        var isMember = !group.IsEverybody && await members.HasAsync(id, caller.UserId, cancellationToken);
        return group.ToObject(GroupAccess.GrantsOn(group, isMember ? caller.UserId : null));
    }
}
