namespace Monolith.Members.Contracts;

/// <summary>Keeps organizations and memberships as they are to the end of the transaction, for modules that store something about them. It looks at no permission.</summary>
public interface IMembershipHolds
{
    /// <summary>Nobody deletes the organization before the transaction ends. False when it is gone.</summary>
    Task<bool> HoldOrganizationAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="userIds"/> who are members, system users aside: nobody removes or renames them before the transaction ends.</summary>
    Task<IReadOnlyList<HeldMember>> HoldMembersAsync(Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);
}

/// <summary>A member who stays.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SortName">The username in lower case. When it changes, <see cref="UserRenamed"/> tells.</param>
public sealed record HeldMember(Guid UserId, string SortName);
