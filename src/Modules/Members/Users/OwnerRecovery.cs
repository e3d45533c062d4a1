using Monolith.Members.Contracts;

namespace Monolith.Members.Users;

/// <summary>Sends the commands of the operator through the pipeline, so that they have a transaction and an audit row.</summary>
internal sealed class OwnerRecovery(IDispatcher dispatcher) : IOwnerRecovery
{
    public async Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) =>
        (await dispatcher.SendAsync(new ListOwnersQuery(), cancellationToken)).Value;

    public Task<Result<OwnerAccount>> CreateAsync(NewOwner owner, CancellationToken cancellationToken) =>
        dispatcher.SendAsync(new CreateOwnerCommand(owner), cancellationToken);

    public Task<Result<OwnerAccount>> ResetPasswordAsync(string user, string password, CancellationToken cancellationToken) =>
        dispatcher.SendAsync(new ResetPasswordCommand(user, password), cancellationToken);
}

[AllowAnonymousRequest("The operator's program sends it; no route leads here.")]
internal sealed record ListOwnersQuery : IQuery<IReadOnlyList<OwnerAccount>>;

internal sealed class ListOwnersHandler(Db<MembersModule> db) : IQueryHandler<ListOwnersQuery, IReadOnlyList<OwnerAccount>>
{
    public async Task<Result<IReadOnlyList<OwnerAccount>>> Handle(ListOwnersQuery request, CancellationToken cancellationToken) =>
        (await db.QueryAsync<OwnerAccount>(Select, null, cancellationToken)).ToList();

    private const string Select =
        """
        select id, username, email, status, true as is_owner
        from members.users
        where 'owner' = any (site_roles) and not deleted
        order by username_folded
        """;
}
