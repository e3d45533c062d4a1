namespace Monolith.Groups.Directory;

/// <summary>What the caller may read of groups (groups specification 4). Whoever is in a group may read it, whatever their roles say.</summary>
internal sealed class GroupAccess(ICaller caller, IGroupMembers members)
{
    private static readonly IReadOnlyList<PermissionAction> Reading = [PermissionAction.Read];
    private static readonly Dictionary<Guid, IReadOnlyList<PermissionAction>> Nobody = [];

    public Guid CallerId => caller.UserId;

    /// <summary>The grants that stand on a group: to those who are in it. Of a stored one only to <paramref name="member"/>, when that is one.</summary>
    public static AccessList GrantsOn(GroupRow group, Guid? member) => new(
        member is { } user ? new Dictionary<Guid, IReadOnlyList<PermissionAction>> { [user] = Reading } : Nobody,
        new Dictionary<Guid, IReadOnlyList<PermissionAction>> { [group.Id] = Reading });

    public bool May(PermissionAction action, GroupRow group) => caller.Can(action, group.ToObject());

    public async ValueTask<bool> SeesAsync(GroupRow group, CancellationToken cancellationToken) =>
        caller.Can(PermissionAction.Read, group.ToObject(GrantsOn(group, null)))
        || (!group.IsEverybody
            && caller.Can(PermissionAction.Read, group.ToObject(GrantsOn(group, caller.UserId)))
            && await members.HasAsync(group.Id, caller.UserId, cancellationToken));

    /// <summary>The groups that a list shows.</summary>
    public VisibleRows Groups() => caller.Subject.Visible(PermissionAction.Read, ResourceType.Group);

    /// <summary>Whether the key reaches groups in which the caller is, too.</summary>
    public bool SeesOwn() => caller.Can(
        PermissionAction.Read,
        new ResourceObject(ResourceType.Group, AnyOrganization: true, Acl: new(new Dictionary<Guid, IReadOnlyList<PermissionAction>> { [caller.UserId] = Reading }, Nobody)));

    /// <summary>The memberships that the caller may read, of all groups.</summary>
    public MembershipVisibility Members() => new(caller.Subject.Visible(PermissionAction.Read, ResourceType.GroupMember), caller.UserId);

    /// <summary>Those of one group.</summary>
    public RowVisibility MembersOf(GroupRow group) => caller.Readable(
        ResourceObject.In(ResourceType.GroupMember, group.OrganizationId),
        new ResourceObject(ResourceType.GroupMember, caller.UserId, group.OrganizationId, caller.UserId));
}
