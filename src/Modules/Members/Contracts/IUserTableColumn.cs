namespace Monolith.Members.Contracts;

/// <summary>
/// A column that a module above fills in the tables of users and members. The table never waits for it: it shows a link in each cell, and script puts the content of the module's page in its place.
/// There may be several. Scoped.
/// </summary>
public interface IUserTableColumn
{
    /// <summary>Unique among the columns, in lower case; a part of ids on the page.</summary>
    string Key { get; }

    /// <summary>The head of the column.</summary>
    string Text { get; }

    /// <summary>One sentence that explains it.</summary>
    string Help { get; }

    /// <summary>What the link says where there is no script.</summary>
    string LinkText { get; }

    /// <summary>Whether the caller sees the column; decides in memory.</summary>
    /// <param name="organizationId">The organization whose members the table shows; null for all users.</param>
    bool IsShown(Guid? organizationId);

    /// <summary>
    /// A page about these users, in the order of the table. What it shows for one of them stands in an element <c>data-cell="{key}-{user id}"</c>.
    /// </summary>
    /// <param name="userIds">At least one.</param>
    /// <param name="organization">The name of the organization whose members the table shows; null for all users.</param>
    string PathFor(IReadOnlyCollection<Guid> userIds, string? organization);
}
