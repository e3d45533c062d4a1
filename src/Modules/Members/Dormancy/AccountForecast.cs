using Monolith.Entitlements.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Dormancy;

/// <summary>The rules of suspension, deletion and dormancy, asked about people to whom nothing is done. Scoped.</summary>
internal sealed class AccountForecast(Db<MembersModule> db, IDormancyStore store, ICaller caller, TimeProvider clock) : IAccountForecast
{
    public async Task<IReadOnlyDictionary<Guid, string>> RefusalsAsync(
        IReadOnlyCollection<Guid> suspended, IReadOnlyCollection<Guid> deleted, CancellationToken cancellationToken)
    {
        var owners = (await db.QueryAsync<Guid>(ActiveOwners, null, cancellationToken)).ToHashSet();
        var isOwner = owners.Contains(caller.UserId);
        var refusals = new Dictionary<Guid, string>();
        foreach (var id in suspended)
        {
            if (id == caller.UserId)
                refusals[id] = "You cannot suspend yourself.";
            else if (owners.Contains(id))
                refusals[id] = "An owner cannot be suspended. Take the owner role away first.";
        }

        foreach (var id in deleted)
        {
            if (id == caller.UserId)
                refusals[id] = "You cannot delete yourself.";
            else if (owners.Contains(id) && owners.Count == 1)
                refusals[id] = Owners.Last.Message;
            else if (owners.Contains(id) && !isOwner)
                refusals[id] = Owners.OnlyByOwners.Message;
            else
                owners.Remove(id);
        }

        return refusals;
    }

    public async Task<DormantHolders> DormantHoldersAsync(int afterDays, IReadOnlyCollection<Guid> except, int most, CancellationToken cancellationToken)
    {
        var (count, first) = await store.HoldersAsync(clock.GetUtcNow().AddDays(-afterDays), except, most, cancellationToken);
        return new DormantHolders(count, first);
    }

    private const string ActiveOwners =
        $"""
        select o.id
        from members.users o
        where {Owners.IsActive}
        """;
}
