using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;
using Npgsql;

namespace Monolith.Members.Organizations;

/// <summary>The one way an organization comes into being, changes and goes.</summary>
internal sealed class OrganizationWriter(Db<MembersModule> db, OrganizationReader reader, IDefaultRoles defaults, IDispatcher events, TimeProvider clock) : IOrganizationWriter
{
    public async Task<Organization?> InsertAsync(
        Guid id, string name, string displayName, string description, string icon, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id,
            name,
            name_folded = name.ToLowerInvariant(),
            display_name = displayName,
            description,
            icon,
            roles = defaults.OfDeployment.ToArray(),
            now = clock.GetUtcNow(),
        };
        if (await db.SingleOrDefaultAsync<OrganizationRow>(Insert, parameters, cancellationToken) is not { } row)
            return null;
        await events.PublishAsync(new OrganizationCreated(id), cancellationToken);
        return reader.ToWire(row);
    }

    public Task<OrganizationRow?> LockAsync(Guid id, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<OrganizationRow>(Lock, new { id }, cancellationToken);

    public async Task<Organization?> UpdateAsync(OrganizationRow wanted, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = wanted.Id,
            name = wanted.Name,
            name_folded = wanted.Name.ToLowerInvariant(),
            display_name = wanted.DisplayName,
            description = wanted.Description,
            icon = wanted.Icon,
            roles = wanted.DefaultOrgMemberRoles,
            now = clock.GetUtcNow(),
        };
        try
        {
            return reader.ToWire((await db.SingleOrDefaultAsync<OrganizationRow>(Update, parameters, cancellationToken))!);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    public async Task<OrganizationContent> CountAsync(Guid id, CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<OrganizationContent>(Count, new { id }, cancellationToken))!;

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        foreach (var userId in await db.QueryAsync<Guid>(Delete, new { id, now = clock.GetUtcNow() }, cancellationToken))
            await events.PublishAsync(new MembershipRemoved(id, userId), cancellationToken);
        await events.PublishAsync(new OrganizationDeleted(id), cancellationToken);
    }

    private const string Insert =
        $"""
        insert into members.organizations as o
            (id, name, name_folded, display_name, description, icon, default_org_member_roles, created_at, updated_at)
        values
            (@id, @name, @name_folded, @display_name, @description, @icon, @roles, @now, @now)
        on conflict do nothing
        returning {OrganizationRow.Columns}
        """;

    private const string Lock =
        $"""
        select {OrganizationRow.Columns}
        from members.organizations o
        where o.id = @id and not o.deleted
        for update
        """;

    private const string Update =
        $"""
        update members.organizations as o
        set name = @name,
            name_folded = @name_folded,
            display_name = @display_name,
            description = @description,
            icon = @icon,
            default_org_member_roles = @roles,
            updated_at = @now
        where o.id = @id
        returning {OrganizationRow.Columns}
        """;

    private const string Delete =
        """
        update members.organizations set deleted = true, updated_at = @now where id = @id;
        delete from members.organization_members where organization_id = @id returning user_id
        """;

    private const string Count =
        """
        select
            coalesce((select members from members.organization_counts where organization_id = @id), 0) as members,
            (select count(*) from contracts.reported_workspaces where organization_id = @id and not deleted) as workspaces
        """;
}
