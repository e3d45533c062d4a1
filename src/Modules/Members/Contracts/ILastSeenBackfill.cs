namespace Monolith.Members.Contracts;

/// <summary>When people were last seen, for hosts that bring a past with them.</summary>
public interface ILastSeenBackfill
{
    /// <summary>Sets <c>last_seen_at</c> of users who have not been seen later. Ids of nobody are passed over.</summary>
    Task BackfillAsync(IReadOnlyDictionary<Guid, DateTimeOffset> lastSeen, CancellationToken cancellationToken);
}
