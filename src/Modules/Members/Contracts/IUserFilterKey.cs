namespace Monolith.Members.Contracts;

/// <summary>A key of the search of users and members that a module above answers, such as <c>group</c>. There may be several. Singleton: the API document asks for it.</summary>
public interface IUserFilterKey
{
    /// <summary>The key in lower case.</summary>
    string Key { get; }

    /// <summary>The users for whom the key holds, so far as <paramref name="caller"/> may know that.</summary>
    /// <param name="values">In lower case, at least one: any of them.</param>
    /// <param name="organizationId">The list is about the members of this organization; null for all users.</param>
    /// <param name="caller">Who asks.</param>
    RowSet Find(IReadOnlyList<string> values, Guid? organizationId, ICaller caller);
}
