namespace Monolith.Members.Memberships;

/// <summary>Locks memberships in the organization of the request.</summary>
internal interface IMembershipLock
{
    /// <summary>The membership, locked to the end of the transaction; null when there is none.</summary>
    Task<StoredMembership?> TakeAsync(Guid userId, CancellationToken cancellationToken);
}

internal sealed class MembershipLock(Db<MembersModule> db, CurrentOrganization organization) : IMembershipLock
{
    public Task<StoredMembership?> TakeAsync(Guid userId, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<StoredMembership>(Lock, new { organization_id = organization.Id, user_id = userId }, cancellationToken);

    private const string Lock =
        """
        select user_id, organization_id, roles, created_at, updated_at
        from members.organization_members
        where organization_id = @organization_id and user_id = @user_id
        for update
        """;
}

/// <summary>A membership row under lock, as audit keeps it.</summary>
internal sealed class StoredMembership
{
    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string[] Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
