using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

/// <summary>The one way a group comes into being, changes and goes. In the transaction of the command.</summary>
internal interface IGroupWriter
{
    /// <summary>False when the name is taken; also when somebody else takes it at this moment.</summary>
    Task<bool> InsertAsync(GroupRow group, CancellationToken cancellationToken);

    /// <summary>The group as it stands, locked: nobody changes it or adds or removes members by hand before the transaction ends. Null when it is gone.</summary>
    Task<GroupRow?> LockAsync(GroupRow group, CancellationToken cancellationToken);

    /// <summary>Writes the fields of a locked group; false when the name is taken.</summary>
    Task<bool> UpdateAsync(GroupRow wanted, CancellationToken cancellationToken);

    /// <summary>Adds members of the organization, who are held. Answers those who were not in yet.</summary>
    Task<IReadOnlyCollection<Guid>> AddAsync(GroupRow group, IReadOnlyCollection<Members.Contracts.HeldMember> members, CancellationToken cancellationToken);

    /// <summary>Removes users. Answers those who were in.</summary>
    Task<IReadOnlyCollection<Guid>> RemoveAsync(Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);

    /// <summary>Deletes a locked group. Answers who was in it.</summary>
    Task<IReadOnlyCollection<Guid>> DeleteAsync(Guid groupId, CancellationToken cancellationToken);
}
