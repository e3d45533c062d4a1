using Monolith.Members.Contracts;

namespace Monolith.Groups.Roster;

/// <summary>Whoever leaves an organization leaves its groups, in the same transaction. A user or an organization that is deleted has left before.</summary>
internal sealed class LeaveGroups(Db<GroupsModule> db) : IEventHandler<MembershipRemoved>
{
    public Task Handle(MembershipRemoved notification, CancellationToken cancellationToken) => db.ExecuteAsync(Leave, notification, cancellationToken);

    private const string Leave =
        """
        delete from groups.group_members
        where user_id = @UserId and organization_id = @OrganizationId
        """;
}

/// <summary>Whoever has another username has another place in the display order of their groups.</summary>
internal sealed class FollowUsername(Db<GroupsModule> db) : IEventHandler<UserRenamed>
{
    public Task Handle(UserRenamed notification, CancellationToken cancellationToken) => db.ExecuteAsync(Follow, notification, cancellationToken);

    private const string Follow =
        """
        update groups.group_members m
        set sort_name = u.username_folded
        from contracts.searched_users u
        where u.id = @UserId and m.user_id = u.id
        """;
}

/// <summary>What an organization said about its groups goes with it; without a license nobody could take its groups away before.</summary>
internal sealed class ForgetOrganization(Db<GroupsModule> db) : IEventHandler<OrganizationDeleted>
{
    public Task Handle(OrganizationDeleted notification, CancellationToken cancellationToken) => db.ExecuteAsync(Forget, notification, cancellationToken);

    private const string Forget =
        """
        delete from groups.everybody where organization_id = @OrganizationId;
        delete from groups.group_members where organization_id = @OrganizationId;
        delete from groups.groups where organization_id = @OrganizationId;
        delete from groups.organization_counts where organization_id = @OrganizationId
        """;
}
