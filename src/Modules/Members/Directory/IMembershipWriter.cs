namespace Monolith.Members.Directory;

/// <summary>The one way a membership comes into being, changes and goes. In the transaction of the command.</summary>
internal interface IMembershipWriter
{
    /// <summary>The time of creation; null when nothing was inserted: the user is a member already, or the user or the organization was deleted meanwhile.</summary>
    Task<DateTimeOffset?> InsertAsync(Guid organizationId, Guid userId, CancellationToken cancellationToken);

    /// <summary>Adds several users in one statement. Those who are members already are left out.</summary>
    Task<(DateTimeOffset Created, IReadOnlyCollection<Guid> Inserted)> InsertAsync(Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);

    /// <summary>Gives a locked membership other roles. <paramref name="before"/> are those it has.</summary>
    Task SetRolesAsync(Guid organizationId, Guid userId, string[] before, string[] roles, CancellationToken cancellationToken);

    /// <summary>Ends a membership that is locked.</summary>
    Task DeleteAsync(Guid organizationId, Guid userId, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="userIds"/> who are members.</summary>
    Task<IReadOnlyList<Guid>> MembersAmongAsync(Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}
