using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

/// <summary>A deleted custom role leaves every membership that held it, in the transaction of the deletion.</summary>
internal sealed class CustomRoleDeletedHandler(Db<MembersModule> db) : IEventHandler<CustomRoleDeleted>
{
    public Task Handle(CustomRoleDeleted notification, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Sql, new { organization_id = notification.OrganizationId, name = notification.Name }, cancellationToken);

    private const string Sql =
        """
        update members.organization_members
        set roles = array_remove(roles, @name)
        where organization_id = @organization_id and @name = any (roles)
        """;
}
