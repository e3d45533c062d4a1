using System.Text.Json;

namespace Monolith.Roles.CustomRoles;

/// <summary>A row of <c>roles.custom_roles</c>.</summary>
internal sealed record CustomRole(Guid Id, Guid OrganizationId, string Name, string DisplayName, string Permissions, int Version)
{
    /// <summary>Changes with every update, and differs from that of an earlier role of the same name.</summary>
    public string EntityTag => $"{Id:N}-{Version}";

    public IReadOnlyList<PermissionView> PermissionList() => JsonSerializer.Deserialize<PermissionView[]>(Permissions, WireJson.Options)!;
}

/// <summary>Reads and writes custom roles. Names are given in lower case.</summary>
internal sealed class CustomRoleStore(Db<RolesModule> db, TimeProvider clock) : ICustomRoleStore, ICustomRoleNames, ICustomRoleTexts
{
    /// <summary>Roles of one organization at most.</summary>
    public const int MostRoles = 200;

    public Task<IReadOnlyList<CustomRole>> ListAsync(Guid organizationId, CancellationToken cancellationToken) =>
        db.QueryAsync<CustomRole>(List, new { organization_id = organizationId }, cancellationToken);

    public Task<IReadOnlyList<string>> ExistingAsync(Guid organizationId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        db.QueryAsync<string>(Existing, new { organization_id = organizationId, names = names.ToArray() }, cancellationToken);

    public Task<IReadOnlyList<CustomRole>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        db.QueryAsync<CustomRole>(Read, new { ids = ids.ToArray() }, cancellationToken);

    public async Task<bool> IsFullAsync(Guid organizationId, string name, CancellationToken cancellationToken)
    {
        // What is counted must have been seen under the lock: a statement of its own.
        await db.ExecuteAsync(LockOrganization, new { organization_id = organizationId }, cancellationToken);
        return await db.ScalarAsync<bool>(IsFull, new { organization_id = organizationId, name, most = MostRoles }, cancellationToken);
    }

    public Task<CustomRole?> FindAsync(Guid organizationId, string name, RoleLock @lock, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<CustomRole>(
            @lock switch { RoleLock.Change => FindToChange, RoleLock.Delete => FindToDelete, _ => Find },
            new { organization_id = organizationId, name },
            cancellationToken);

    public Task<CustomRole?> InsertAsync(Guid organizationId, string name, string displayName, IReadOnlyList<PermissionView> permissions, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<CustomRole>(
            Insert,
            new { id = Guid.CreateVersion7(), organization_id = organizationId, name, display_name = displayName, permissions = Json(permissions), now = clock.GetUtcNow() },
            cancellationToken);

    public async Task<CustomRole> UpdateAsync(Guid id, string displayName, IReadOnlyList<PermissionView> permissions, CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<CustomRole>(
            Update,
            new { id, display_name = displayName, permissions = Json(permissions), now = clock.GetUtcNow() },
            cancellationToken))!;

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => db.ExecuteAsync(Delete, new { id }, cancellationToken);

    private static string Json(IReadOnlyList<PermissionView> permissions) => JsonSerializer.Serialize(permissions, WireJson.Options);

    private const string Columns = "id, organization_id, name, display_name, permissions::text as permissions, version";

    private const string List =
        $"""
        select {Columns}
        from roles.custom_roles
        where organization_id = @organization_id
        order by name
        """;

    private const string Read =
        $"""
        select {Columns}
        from roles.custom_roles
        where id = any(@ids)
        """;

    private const string LockOrganization =
        """
        select pg_advisory_xact_lock(hashtextextended('roles.custom_roles/' || @organization_id::text, 0))
        """;

    // A name that is taken is told as such, room or not.
    private const string IsFull =
        """
        select count(*) >= @most and not bool_or(name = @name)
        from roles.custom_roles
        where organization_id = @organization_id
        """;

    // The lock keeps a role that is being assigned from going away before the assignment is stored. A role that is going away
    // already counts as gone: waiting for it would be a deadlock, because its deletion waits for the membership that is locked here.
    private const string Existing =
        """
        select name
        from roles.custom_roles
        where organization_id = @organization_id
          and name = any(@names)
        order by name
        for key share skip locked
        """;

    private const string Find =
        $"""
        select {Columns}
        from roles.custom_roles
        where organization_id = @organization_id
          and name = @name
        """;

    // Lets assignments of the role go on.
    private const string FindToChange = Find + " for no key update";

    private const string FindToDelete = Find + " for update";

    private const string Insert =
        $"""
        insert into roles.custom_roles (id, organization_id, name, display_name, permissions, created_at, updated_at)
        values (@id, @organization_id, @name, @display_name, @permissions::jsonb, @now, @now)
        on conflict (organization_id, name) do nothing
        returning {Columns}
        """;

    private const string Update =
        $"""
        update roles.custom_roles
        set display_name = @display_name,
            permissions = @permissions::jsonb,
            updated_at = @now,
            version = version + 1
        where id = @id
        returning {Columns}
        """;

    private const string Delete =
        """
        delete from roles.custom_roles
        where id = @id
        """;
}
