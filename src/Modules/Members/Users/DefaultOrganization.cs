using Monolith.Members.Contracts;

namespace Monolith.Members.Users;

/// <summary>The organization of the set-up.</summary>
internal sealed class DefaultOrganization(Db<MembersModule> db, IDispatcher events, TimeProvider clock)
{
    /// <summary>Its id; it is made when there is none. Only one transaction at a time comes past here.</summary>
    public async Task<Guid> EnsureAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(OneAtATime, null, cancellationToken);
        var wanted = Guid.CreateVersion7();
        var id = await db.ScalarAsync<Guid>(FindOrMake, new { id = wanted, now = clock.GetUtcNow() }, cancellationToken);
        if (id == wanted)
            await events.PublishAsync(new OrganizationCreated(id), cancellationToken);
        return id;
    }

    public const string OneAtATime = "select pg_advisory_xact_lock(hashtext('monolith first user'))";

    private const string FindOrMake =
        """
        with made as (
            insert into members.organizations (id, name, name_folded, display_name, is_default, created_at, updated_at)
            select @id, 'main', 'main', 'Main', true, @now, @now
            where not exists (select 1 from members.organizations where is_default)
            returning id
        )
        select id from made
        union all
        select id from members.organizations where is_default
        """;
}
