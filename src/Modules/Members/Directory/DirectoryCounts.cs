namespace Monolith.Members.Directory;

/// <summary>How the lists of users and members are counted where nobody keeps the number.</summary>
internal static class DirectoryCounts
{
    /// <param name="from">The table with its alias, as the maps write it.</param>
    /// <param name="table">Its name.</param>
    public static CountSource Of(string from, string table) => new(Version, from, table);

    // Every change that a count could notice raises it, in the same transaction: see the triggers.
    private const string Version = "select sum(changes)::bigint from members.directory_changes";
}
