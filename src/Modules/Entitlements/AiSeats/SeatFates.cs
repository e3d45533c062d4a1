using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

/// <summary>What would become of the seats of people who are suspended or deleted. Scoped.</summary>
internal sealed class SeatFates(Db<EntitlementsModule> db, IAccountForecast accounts)
{
    private const string Nobody = "There is no such user.";
    private const string Again = "Named before; a seat is freed once.";

    /// <summary>Everybody who is named, once freed or not for each time: first the suspended ones, then the deleted ones.</summary>
    public async Task<(IReadOnlyList<SeatOutcome> Freed, IReadOnlyList<SeatOutcome> Kept)> OfAsync(
        IReadOnlyList<Guid> suspended, IReadOnlyList<Guid> deleted, CancellationToken cancellationToken)
    {
        if (suspended.Count + deleted.Count == 0)
            return ([], []);
        var known = await FindAsync([.. suspended.Union(deleted)], cancellationToken);
        var refusals = await accounts.RefusalsAsync([.. suspended.Distinct()], [.. deleted.Except(suspended)], cancellationToken);
        var (freed, kept, seen) = (new List<SeatOutcome>(), new List<SeatOutcome>(), new HashSet<Guid>());
        foreach (var (id, deletes) in suspended.Select(id => (id, false)).Concat(deleted.Select(id => (id, true))))
        {
            var user = known.GetValueOrDefault(id);
            var reason = !seen.Add(id) ? Again : user is null ? Nobody : refusals.GetValueOrDefault(id) ?? user.WhyNot(deletes);
            (reason is null ? freed : kept).Add(new(user?.ToWire() ?? new SeatUser(id, "", "", ""), reason ?? (deletes ? "A deleted user holds no seat." : "A suspended user holds no seat.")));
        }

        return (freed, kept);
    }

    /// <summary>The same of people who would be dormant.</summary>
    public async Task<IReadOnlyList<SeatOutcome>> DormantAsync(IReadOnlyList<Guid> ids, int days, CancellationToken cancellationToken)
    {
        var known = ids.Count == 0 ? [] : await FindAsync([.. ids], cancellationToken);
        var reason = $"No request and no AI use for {days} {(days == 1 ? "day" : "days")}: a dormant user holds no seat.";
        return [.. ids.Select(known.GetValueOrDefault).OfType<NamedUser>().Select(user => new SeatOutcome(user.ToWire(), reason))];
    }

    private async Task<Dictionary<Guid, NamedUser>> FindAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.QueryAsync<NamedUser>(Find, new { ids }, cancellationToken)).ToDictionary(user => user.Id);

    private sealed record NamedUser(Guid Id, string Username, string Name, string AvatarUrl, string Status, bool HasEvidence, bool OwnsWorkspaces)
    {
        public SeatUser ToWire() => new(Id, Username, Name, AvatarUrl);

        public string? WhyNot(bool deletes) =>
            !HasEvidence ? "Has never used AI, so holds no seat."
            : Status != "active" ? $"Is {Status}, so holds no seat now."
            : deletes && OwnsWorkspaces ? "Still owns workspaces, so cannot be deleted without force."
            : null;
    }

    private const string Find =
        """
        select
            person.id,
            person.username,
            person.name,
            person.avatar_url,
            person.status,
            exists (select 1 from entitlements.ai_seat_state seat where seat.user_id = person.id) as has_evidence,
            exists (select 1 from entitlements.workspaces w where w.owner_id = person.id and not w.deleted) as owns_workspaces
        from contracts.users person
        where person.id = any (@ids)
          and not person.deleted
          and not person.is_system
        """;
}
