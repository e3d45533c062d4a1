namespace Monolith.Members.Contracts;

/// <summary>A key of the search of users and members that a module above answers, such as <c>group</c>. Register it as a singleton; there may be several.</summary>
/// <param name="Name">The key in lower case.</param>
/// <param name="Finder">Who answers it, from the services of the request.</param>
public sealed record UserFilterKey(string Name, Func<IServiceProvider, IUserFinder> Finder);

/// <summary>Answers a key of the search.</summary>
public interface IUserFinder
{
    /// <summary>The users for whom any of the values holds, so far as the caller may know that.</summary>
    /// <param name="values">In lower case, at least one.</param>
    /// <param name="organizationId">The list is about the members of this organization; null for all users.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<RowSet> FindAsync(IReadOnlyList<string> values, Guid? organizationId, CancellationToken cancellationToken);
}
