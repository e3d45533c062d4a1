namespace Monolith.Entitlements.Contracts;

/// <summary>Finds the user of a <c>{user}</c> parameter. Implemented by the Members module.</summary>
public interface IUserLookup
{
    /// <summary>The id for a uuid, a username in any case, or <c>me</c>; null when absent or deleted. Does not look at permissions.</summary>
    ValueTask<Guid?> FindAsync(string reference, CancellationToken cancellationToken);
}
