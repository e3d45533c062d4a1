using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Users;

/// <summary>The set-up of a deployment. Only one transaction at a time comes past any of these.</summary>
internal interface ISetUp
{
    /// <summary>Whether there was ever a user.</summary>
    Task<bool> WasDoneAsync(CancellationToken cancellationToken);

    /// <summary>Nobody changes owners either, to the end of the transaction.</summary>
    Task LockOwnersAsync(CancellationToken cancellationToken);

    /// <summary>The id of the default organization; it is made when there is none.</summary>
    Task<Guid> EnsureAsync(CancellationToken cancellationToken);
}

internal sealed class DefaultOrganization(Db<MembersModule> db, IDispatcher events, TimeProvider clock) : ISetUp
{
    public async Task<bool> WasDoneAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(OneAtATime, null, cancellationToken);
        return await db.ScalarAsync<bool>(GetFirstUserHandler.Exists, null, cancellationToken);
    }

    public async Task LockOwnersAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(OneAtATime, null, cancellationToken);
        await db.ExecuteAsync(Owners.Lock, null, cancellationToken);
    }

    public async Task<Guid> EnsureAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(OneAtATime, null, cancellationToken);
        var wanted = Guid.CreateVersion7();
        var id = await db.ScalarAsync<Guid>(FindOrMake, new { id = wanted, now = clock.GetUtcNow() }, cancellationToken);
        if (id == wanted)
            await events.PublishAsync(new OrganizationCreated(id), cancellationToken);
        return id;
    }

    private const string OneAtATime = "select pg_advisory_xact_lock(hashtext('monolith first user'))";

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
