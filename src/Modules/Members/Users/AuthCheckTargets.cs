using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>The stored objects that <c>/authcheck</c> may name by id. Templates and groups do not exist here yet.</summary>
internal sealed class AuthCheckTargets(Db<MembersModule> db) : IAuthCheckTargets
{
    public async ValueTask<ResourceObject?> FindAsync(ResourceType type, Guid id, CancellationToken cancellationToken)
    {
        if (type == ResourceType.User)
            return await db.ScalarAsync<bool>(UserExists, new { id }, cancellationToken) ? ResourceObject.User(id) : null;
        return type == ResourceType.Workspace && await db.SingleOrDefaultAsync<Workspace>(FindWorkspace, new { id }, cancellationToken) is { } workspace
            ? new ResourceObject(type, id, workspace.OrganizationId, workspace.OwnerId)
            : null;
    }

    private sealed record Workspace(Guid OwnerId, Guid OrganizationId);

    private const string UserExists = "select exists (select 1 from members.users where id = @id and not deleted)";

    private const string FindWorkspace =
        """
        select owner_id, organization_id
        from contracts.reported_workspaces
        where id = @id and not deleted
        """;
}
