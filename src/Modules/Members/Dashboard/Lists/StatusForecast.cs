using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>What putting people into another status would do, before anybody is asked to confirm it: who is refused, and what becomes of the seats. Scoped.</summary>
internal sealed class StatusForecast(IAccountForecast accounts, ISeatReports seats, SeatFeature feature, ICaller caller)
{
    /// <summary>In words. <c>Seats</c> and <c>Refused</c> go by username.</summary>
    internal sealed record Outlook(
        IReadOnlyDictionary<string, string> Seats, IReadOnlyList<KeyValuePair<string, string>> Facts, IReadOnlyList<KeyValuePair<string, string>> Refused)
    {
        public static Outlook Nothing { get; } = new(new Dictionary<string, string>(), [], []);
    }

    /// <param name="people">Whom it concerns.</param>
    /// <param name="status">The status; null for an action that leaves it alone, about which only the seats are told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Outlook> OfAsync(IReadOnlyList<BulkPerson> people, string? status, CancellationToken cancellationToken)
    {
        var refused = await RefusedAsync(people, status, cancellationToken);
        List<BulkPerson> changed = [.. people.Where(person => status is not null && person.Status != status && !refused.ContainsKey(person.Id))];
        var facts = new List<KeyValuePair<string, string>>();
        if (status is not null)
        {
            facts.Add(new(Texts.BulkConcerned, Phrase.Number(changed.Count)));
            Add(Texts.BulkUnchanged, people.Count - changed.Count - refused.Count);
            Add(Texts.BulkRefused, refused.Count);
        }

        List<KeyValuePair<string, string>> reasons = [.. people.Where(person => refused.ContainsKey(person.Id)).Select(person => KeyValuePair.Create(person.Username, refused[person.Id]))];
        if (!feature.IsUsable)
            return new(new Dictionary<string, string>(), facts, reasons);

        var uses = status == UserStatus.Active ? await seats.LastUsesAsync([.. changed.Select(person => person.Id)], cancellationToken) : new Dictionary<Guid, DateTimeOffset>();
        if (status is not null && await seats.NumbersAsync(cancellationToken) is { } numbers)
        {
            facts.Add(new(Texts.AiSeatsNow, SeatWords.Of(numbers.Actual, numbers.Limit)));
            facts.Add(new(Texts.AiSeatsThen, SeatWords.Of(numbers.Actual - (status == UserStatus.Suspended ? changed.Count(person => person.HasSeat) : -uses.Count), numbers.Limit)));
        }

        return new(
            people.ToDictionary(person => person.Username, person => person.HasSeat ? Texts.SeatHeld : uses.ContainsKey(person.Id) ? Texts.SeatComesBack : Texts.SeatNotHeld, StringComparer.OrdinalIgnoreCase),
            facts,
            reasons);

        void Add(string name, int number)
        {
            if (number > 0)
                facts.Add(new(name, Phrase.Number(number)));
        }
    }

    private async Task<IReadOnlyDictionary<Guid, string>> RefusedAsync(IReadOnlyList<BulkPerson> people, string? status, CancellationToken cancellationToken)
    {
        if (status is null)
            return new Dictionary<Guid, string>();
        var refused = people.Where(person => !caller.Can(PermissionAction.Update, ResourceObject.User(person.Id)))
            .ToDictionary(person => person.Id, _ => Error.Forbidden.Message);
        if (status != UserStatus.Suspended)
            return refused;
        foreach (var (id, reason) in await accounts.RefusalsAsync([.. people.Select(person => person.Id)], [], cancellationToken))
            refused.TryAdd(id, reason);
        return refused;
    }
}
