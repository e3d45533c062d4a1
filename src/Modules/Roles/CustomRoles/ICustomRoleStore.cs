namespace Monolith.Roles.CustomRoles;

/// <summary>What a role is read for.</summary>
internal enum RoleLock
{
    /// <summary>To look at it.</summary>
    None,

    /// <summary>To change it.</summary>
    Change,

    /// <summary>To delete it.</summary>
    Delete,
}

/// <summary>The one way a custom role comes into being, changes and goes. Names are given in lower case. In the transaction of the command.</summary>
internal interface ICustomRoleStore
{
    /// <summary>True when the organization has no room for a new role of that name. Until the transaction ends nobody else adds a role to it.</summary>
    Task<bool> IsFullAsync(Guid organizationId, string name, CancellationToken cancellationToken);

    /// <summary>The role, locked as asked until the transaction ends; null when there is none.</summary>
    Task<CustomRole?> FindAsync(Guid organizationId, string name, RoleLock @lock, CancellationToken cancellationToken);

    /// <summary>Null when the name is taken.</summary>
    Task<CustomRole?> InsertAsync(Guid organizationId, string name, string displayName, IReadOnlyList<PermissionView> permissions, CancellationToken cancellationToken);

    /// <summary>Replaces what a locked role is called and grants.</summary>
    Task<CustomRole> UpdateAsync(Guid id, string displayName, IReadOnlyList<PermissionView> permissions, CancellationToken cancellationToken);

    /// <summary>A locked role goes.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);
}
